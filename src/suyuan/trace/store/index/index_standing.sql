-- Whether a bookmark can be of this database (one from the future is of another, or of before a restore), what time it
-- is, and the content of the event by which an index knows its database.
SELECT pg_snapshot_xmax(%(upto)s::pg_snapshot) <= pg_snapshot_xmax(pg_current_snapshot()),
       extract(epoch FROM clock_timestamp())::float8,
       (SELECT encode(e.content_hash, 'hex') FROM trace_event e
         WHERE e.tenant_id = %(tenant)s AND e.number = %(witness)s::bigint)

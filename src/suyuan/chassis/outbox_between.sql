-- What transactions published that ended between two snapshots: not yet seen by the first, seen by the second.
SELECT o.payload
  FROM chassis_outbox o
 WHERE o.tenant_id = %(tenant)s
   AND o.topic = %(topic)s
   AND o.xid >= pg_snapshot_xmin(%(after)s::pg_snapshot)
   AND NOT pg_visible_in_snapshot(o.xid, %(after)s::pg_snapshot)
   AND (%(upto)s::pg_snapshot IS NULL OR pg_visible_in_snapshot(o.xid, %(upto)s::pg_snapshot))
 ORDER BY o.xid, o.id

-- Of a kind of record: how many, since when, how many are older than a number of days, and how many of those are held.
SELECT count(*), min({at}), count(*) FILTER (WHERE old), count(*) FILTER (WHERE old AND EXISTS (
           SELECT FROM compliance_hold h
            WHERE h.tenant_id = t.tenant_id AND h.lifted IS NULL
              AND (h.since IS NULL OR {at} >= h.since) AND (h.until IS NULL OR {at} <= h.until)
              AND (h.subject = '' OR strpos(lower({text}), lower(h.subject)) > 0)))
  FROM {table} t
 CROSS JOIN LATERAL (SELECT coalesce({at} < now() - make_interval(days => %(days)s::integer), false) AS old) o
 WHERE t.tenant_id = %(tenant)s AND {only}

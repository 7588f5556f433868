-- The oldest records of a kind that are older than a number of days and held by nothing, as text.
SELECT t.{key}::text, row_to_json(t)::text
  FROM {table} t
 WHERE t.tenant_id = %(tenant)s AND {only}
   AND {at} < now() - make_interval(days => %(days)s::integer)
   AND NOT EXISTS (
           SELECT FROM compliance_hold h
            WHERE h.tenant_id = t.tenant_id AND h.lifted IS NULL
              AND (h.since IS NULL OR {at} >= h.since) AND (h.until IS NULL OR {at} <= h.until)
              AND (h.subject = '' OR strpos(lower({text}), lower(h.subject)) > 0))
 ORDER BY {at}, t.{key}
 LIMIT %(limit)s
{locking}

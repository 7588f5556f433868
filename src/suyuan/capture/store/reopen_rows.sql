-- Have the refused rows that a check stops wait again. An import that is recorded whole, or not at all, begins anew: its
-- other refused rows wait too.
WITH opened AS (
    UPDATE capture_import_row r SET outcome = NULL, findings = '[]'
     WHERE r.tenant_id = %(tenant)s AND r.import_id = %(id)s AND r.outcome = 'refused'
       AND (%(whole)s OR EXISTS (
                SELECT FROM unnest(%(checks)s::text[], %(rows)s::text[]) AS c (check_id, numbers)
                 WHERE (c.numbers IS NULL OR r.number = ANY (c.numbers::int[]))
                   AND r.findings @> jsonb_build_array(
                           jsonb_build_object('check', c.check_id, 'level', 'approve', 'overridden', false))))
    RETURNING r.number
), counted AS (
    SELECT count(*)::int AS number FROM opened
)
UPDATE capture_import_progress p
   SET done = CASE WHEN %(whole)s THEN 0 ELSE p.done - c.number END,
       refused = CASE WHEN %(whole)s THEN 0 ELSE p.refused - c.number END,
       cancel = false, seen = clock_timestamp()
  FROM counted AS c
 WHERE p.tenant_id = %(tenant)s AND p.import_id = %(id)s
RETURNING c.number

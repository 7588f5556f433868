-- What start filters can be chosen from, beyond the vocabulary: shifts, and parties that goods came from or went to.
SELECT 'shift', e.shift, NULL, NULL
  FROM (SELECT DISTINCT shift FROM trace_event WHERE tenant_id = %(tenant)s AND shift IS NOT NULL) AS e
UNION ALL
SELECT p.side, p.uri, m.name_zh, m.name_en
  FROM (SELECT DISTINCT 'source' AS side, party ->> 'source' AS uri
          FROM trace_document d CROSS JOIN jsonb_array_elements(d.document -> 'sourceList') AS party
         WHERE d.tenant_id = %(tenant)s AND d.document ? 'sourceList'
        UNION ALL
        SELECT DISTINCT 'destination', party ->> 'destination'
          FROM trace_document d CROSS JOIN jsonb_array_elements(d.document -> 'destinationList') AS party
         WHERE d.tenant_id = %(tenant)s AND d.document ? 'destinationList') AS p
  LEFT JOIN LATERAL (
    SELECT m.name_zh, m.name_en FROM trace_master m
     WHERE m.tenant_id = %(tenant)s AND m.uri = p.uri ORDER BY m.name_zh IS NULL, m.id LIMIT 1) AS m ON true
 WHERE p.uri IS NOT NULL
 ORDER BY 1, 3 NULLS LAST, 2
 LIMIT 2000

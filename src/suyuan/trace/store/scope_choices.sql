-- What start filters can be chosen from, beyond the vocabulary: shifts, and parties that goods came from or went to.
SELECT 'shift', e.shift
  FROM (SELECT DISTINCT shift FROM trace_event WHERE tenant_id = %(tenant)s AND shift IS NOT NULL) AS e
UNION ALL
SELECT DISTINCT 'source', party ->> 'source'
  FROM trace_document d CROSS JOIN jsonb_array_elements(d.document -> 'sourceList') AS party
 WHERE d.tenant_id = %(tenant)s AND d.document ? 'sourceList' AND party ? 'source'
UNION ALL
SELECT DISTINCT 'destination', party ->> 'destination'
  FROM trace_document d CROSS JOIN jsonb_array_elements(d.document -> 'destinationList') AS party
 WHERE d.tenant_id = %(tenant)s AND d.document ? 'destinationList' AND party ? 'destination'
 ORDER BY 1, 2

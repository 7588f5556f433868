-- What was measured in these events, of those in which anything was.
SELECT d.event_number, d.document -> 'sensorElementList'
  FROM trace_document d
 WHERE d.tenant_id = %(tenant)s AND d.event_number = ANY (%(numbers)s::bigint[]) AND d.document ? 'sensorElementList'
 ORDER BY d.event_number

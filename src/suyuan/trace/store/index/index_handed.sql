-- To whom events hand over what they name: the party at their destination, of several the first in the order of code points.
SELECT d.event_number, min((party ->> 'destination') COLLATE "C")
  FROM trace_document d CROSS JOIN jsonb_array_elements(d.document -> 'destinationList') AS party
 WHERE d.tenant_id = %(tenant)s AND d.document ? 'destinationList' AND party ->> 'type' ~ '(owning|possessing)_party$'
   AND party ->> 'destination' IS NOT NULL
   AND (%(numbers)s::bigint[] IS NULL OR d.event_number = ANY (%(numbers)s::bigint[]))
 GROUP BY d.event_number

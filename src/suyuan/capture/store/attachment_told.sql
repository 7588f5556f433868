-- What a legal hold finds an attachment t by: its digest, the entries that name it, who sent them, the items they are about.
(SELECT concat(encode(t.digest, 'hex'), ' ', string_agg(concat(
            r.reading::text, ' ', r.sent_by, ' ', r.person, ' ',
            (SELECT string_agg(concat(i.uri, ' ', i.code), ' ')
               FROM trace_event e
               JOIN trace_participation p ON p.tenant_id = e.tenant_id AND p.event_number = e.number
               JOIN trace_item i ON i.tenant_id = p.tenant_id AND i.id = p.item_id
              WHERE e.tenant_id = r.tenant_id AND e.event_id = ANY (r.event_ids))), ' '))
   FROM capture_attachment_use u
   JOIN capture_reading r ON r.tenant_id = u.tenant_id AND r.id = u.reading_id
  WHERE u.tenant_id = t.tenant_id AND u.digest = t.digest)

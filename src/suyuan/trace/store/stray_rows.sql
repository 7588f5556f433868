-- Rows of the ledger that no event of this tenant owns; at most twenty of each kind.
(SELECT 'participation', p.event_number, p.item_id FROM trace_participation p
  WHERE p.tenant_id = %(tenant)s
    AND NOT EXISTS (SELECT FROM trace_event e WHERE e.number = p.event_number AND e.tenant_id = p.tenant_id) LIMIT 20)
UNION ALL
(SELECT 'document', d.event_number, NULL FROM trace_document d
  WHERE d.tenant_id = %(tenant)s
    AND NOT EXISTS (SELECT FROM trace_event e WHERE e.number = d.event_number AND e.tenant_id = d.tenant_id) LIMIT 20)
UNION ALL
(SELECT 'membership', m.event_number, m.unit_id FROM trace_membership m
  WHERE m.tenant_id = %(tenant)s
    AND NOT EXISTS (SELECT FROM trace_event e WHERE e.number = m.event_number AND e.tenant_id = m.tenant_id) LIMIT 20)

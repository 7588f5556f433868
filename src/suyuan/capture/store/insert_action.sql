INSERT INTO capture_action
    (id, tenant_id, reading_id, sent_by, site_id, node, version, action, kind, settings, payload, event_ids, state,
     finished)
VALUES (%(id)s, %(tenant)s, %(reading)s, %(by)s, %(site)s, %(node)s, %(version)s, %(action)s, %(kind)s,
        %(settings)s::jsonb, %(payload)s::jsonb, %(events)s, %(state)s,
        CASE WHEN %(state)s = 'done' THEN clock_timestamp() END)
ON CONFLICT DO NOTHING

INSERT INTO compliance_log_leaf (tenant_id, position, kind, subject, hash)
SELECT %(tenant)s, %(size)s + g.place - 1, %(kind)s::"char", g.subject, g.hash
  FROM unnest(%(subject)s, %(hash)s) WITH ORDINALITY AS g (subject, hash, place)

INSERT INTO compliance_signature (tenant_id, signer_id, login, signer, meaning, note, kind, subject, title_zh, title_en,
                                  content, digest, components, request_id)
VALUES (%(tenant)s, %(signer_id)s, %(login)s, %(signer)s, %(meaning)s, %(note)s, %(kind)s, %(subject)s, %(title_zh)s,
        %(title_en)s, %(content)s::jsonb, %(digest)s, %(components)s, %(request)s)
ON CONFLICT (tenant_id, kind, subject, signer_id, meaning, digest) DO NOTHING
RETURNING id

INSERT INTO portal_feedback
       (tenant_id, kind, words, address, page, language, theme, screen, version, failed_request, writer_id, writer)
VALUES (%(tenant)s, %(kind)s, %(words)s, %(address)s, %(page)s, %(language)s, %(theme)s, %(screen)s, %(version)s,
        %(failed_request)s, %(writer_id)s, %(writer)s)
RETURNING id

INSERT INTO coding_batch
    (tenant_id, rule, version, level, space_id, scope, first, step, count, wanted, fields, moment, purpose, status,
     request_key, created_by)
VALUES (%(tenant)s, %(rule)s, %(version)s, %(level)s, %(space)s, %(scope)s, %(first)s, %(step)s, %(count)s, %(count)s,
        %(fields)s::jsonb, %(moment)s, %(purpose)s, 'waiting', %(request_key)s, %(by)s)
RETURNING id

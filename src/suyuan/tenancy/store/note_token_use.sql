INSERT INTO tenancy_token_use (tenant_id, token_id, last_used)
VALUES (%(tenant)s, %(token)s, clock_timestamp())
ON CONFLICT (tenant_id, token_id) DO UPDATE SET last_used = excluded.last_used

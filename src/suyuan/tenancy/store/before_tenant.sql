-- Failed attempts, kept as hashes of who was tried; no tenant's, because a wrong login has none.
CREATE TABLE tenancy_attempt (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject bytea NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX tenancy_attempt_subject ON tenancy_attempt (subject, at);
COMMENT ON TABLE tenancy_attempt IS 'global, written: failed attempts to sign in, by hashed subject';

-- When each token was last used; apart from the token, so that using one is no audited change.
CREATE TABLE tenancy_token_use (
    tenant_id bigint NOT NULL,
    token_id bigint NOT NULL REFERENCES tenancy_token (id) ON DELETE CASCADE,
    last_used timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, token_id)
);
COMMENT ON TABLE tenancy_token_use IS 'derived: when each token was last used';

ALTER TABLE tenancy_tenant ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON tenancy_tenant
    USING (id = (SELECT nullif(current_setting('suyuan.tenant', true), '')::bigint));
COMMENT ON TABLE tenancy_tenant IS 'global: one row a tenant, and each tenant sees its own';

-- What must be asked before a tenant is known, and nothing else, as functions of the owner: each answers one exact
-- question (this login, this token), so row-level security stays whole for everything else.
CREATE FUNCTION tenancy_find_token(wanted bytea)
RETURNS TABLE (id bigint, tenant_id bigint, name text, permissions text[], site_id bigint, used_lately boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.id, t.tenant_id, t.name, t.permissions, t.site_id,
           coalesce(u.last_used > clock_timestamp() - interval '1 minute', false)
      FROM tenancy_token t
      LEFT JOIN tenancy_token_use u ON u.token_id = t.id
     WHERE t.secret_hash = wanted AND t.revoked IS NULL AND (t.expires IS NULL OR t.expires > clock_timestamp())
$$;

CREATE FUNCTION tenancy_find_login(wanted text)
RETURNS TABLE (id bigint, tenant_id bigint, password text, active boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT u.id, u.tenant_id, u.password, u.active FROM tenancy_user u WHERE u.login = wanted
$$;

CREATE FUNCTION tenancy_tenant_by_code(wanted text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.id FROM tenancy_tenant t WHERE t.code = wanted
$$;

CREATE FUNCTION tenancy_only_tenant() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT CASE WHEN count(*) = 1 THEN min(t.id) END FROM tenancy_tenant t
$$;

CREATE FUNCTION tenancy_make_tenant(new_code text, new_name text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    INSERT INTO tenancy_tenant (code, name, created) VALUES (new_code, new_name, clock_timestamp()) RETURNING id
$$;

-- Passkeys (WebAuthn): public keys whose private halves never leave a person's device; bound to the name of this website.
CREATE TABLE tenancy_passkey (
    tenant_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    user_id bigint NOT NULL REFERENCES tenancy_user (id) ON DELETE CASCADE,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    website text NOT NULL,
    credential bytea NOT NULL UNIQUE,
    public_key bytea NOT NULL,
    uses bigint NOT NULL DEFAULT 0,
    synced boolean NOT NULL DEFAULT false,
    cloned boolean NOT NULL DEFAULT false,
    created timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_used timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX tenancy_passkey_user ON tenancy_passkey (tenant_id, user_id);

-- Questions of ours that were answered, until they would have run out: an answer that was overheard opens nothing.
CREATE TABLE tenancy_answered (
    challenge bytea PRIMARY KEY,
    until timestamptz NOT NULL
);
COMMENT ON TABLE tenancy_answered IS 'global, written: challenges that were answered, by hash';

-- Whose passkey it is must be asked before a tenant is known, like whose login it is.
CREATE FUNCTION tenancy_find_passkey(wanted bytea)
RETURNS TABLE (tenant_id bigint, user_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT p.tenant_id, p.user_id FROM tenancy_passkey p WHERE p.credential = wanted
$$;

-- How a session began; a strong one rests on two factors already.
ALTER TABLE tenancy_session ADD COLUMN method text NOT NULL DEFAULT 'password';
ALTER TABLE tenancy_session ADD COLUMN strong boolean NOT NULL DEFAULT false;
ALTER TABLE tenancy_sign_in ADD COLUMN method text NOT NULL DEFAULT 'password';
ALTER TABLE tenancy_sign_in DROP CONSTRAINT tenancy_sign_in_outcome_check;
ALTER TABLE tenancy_sign_in ADD CONSTRAINT tenancy_sign_in_outcome_check CHECK (
    outcome IN ('signed_in', 'wrong_password', 'wrong_code', 'wrong_passkey', 'refused_by_rules', 'locked_out', 'inactive'));

-- How people prove who they are, one row a tenant; without a row the defaults hold.
CREATE TABLE tenancy_policy (
    tenant_id bigint PRIMARY KEY,
    password_length integer NOT NULL DEFAULT 10 CHECK (password_length BETWEEN 10 AND 64),
    password_history integer NOT NULL DEFAULT 0 CHECK (password_history BETWEEN 0 AND 24),
    password_days integer NOT NULL DEFAULT 0 CHECK (password_days BETWEEN 0 AND 3650),
    idle_minutes integer NOT NULL DEFAULT 720 CHECK (idle_minutes BETWEEN 5 AND 1440),
    sessions_most integer NOT NULL DEFAULT 0 CHECK (sessions_most BETWEEN 0 AND 100),
    second_factor text NOT NULL DEFAULT 'optional' CHECK (second_factor IN ('optional', 'administrators', 'everyone'))
);

-- Second factors: a time-based secret (sealed with a key that is not in the database), recovery codes (hashed).
CREATE TABLE tenancy_factor (
    tenant_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    user_id bigint NOT NULL REFERENCES tenancy_user (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('totp', 'recovery')),
    secret bytea NOT NULL,
    created timestamptz NOT NULL DEFAULT clock_timestamp(),
    confirmed timestamptz,
    used timestamptz,
    last_step bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX tenancy_factor_totp ON tenancy_factor (tenant_id, user_id, (confirmed IS NULL)) WHERE kind = 'totp';
CREATE INDEX tenancy_factor_user ON tenancy_factor (tenant_id, user_id, kind);

CREATE TABLE tenancy_former_password (
    tenant_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    user_id bigint NOT NULL REFERENCES tenancy_user (id) ON DELETE CASCADE,
    secret text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX tenancy_former_password_user ON tenancy_former_password (tenant_id, user_id, id DESC);

CREATE TABLE tenancy_session (
    tenant_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    user_id bigint NOT NULL REFERENCES tenancy_user (id) ON DELETE CASCADE,
    key_hash bytea NOT NULL UNIQUE,
    created timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_seen timestamptz NOT NULL DEFAULT clock_timestamp(),
    address text NOT NULL,
    agent text NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX tenancy_session_user ON tenancy_session (tenant_id, user_id);
COMMENT ON TABLE tenancy_session IS 'derived: open console sessions; each sign-in is kept in tenancy_sign_in';

CREATE TABLE tenancy_sign_in (
    tenant_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    user_id bigint NOT NULL,
    address text NOT NULL,
    agent text NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('signed_in', 'wrong_password', 'wrong_code', 'locked_out', 'inactive')),
    new_address boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX tenancy_sign_in_user ON tenancy_sign_in (tenant_id, user_id, id DESC);
COMMENT ON TABLE tenancy_sign_in IS 'append-only: who signed in or tried to, from where, and how it ended';

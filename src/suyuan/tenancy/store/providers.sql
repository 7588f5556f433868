-- The company's own sign-in services (OpenID Connect), what their groups mean here, and who came from there.
CREATE TABLE tenancy_provider (
    tenant_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    name_zh text NOT NULL CHECK (length(name_zh) BETWEEN 1 AND 80),
    name_en text NOT NULL CHECK (length(name_en) BETWEEN 1 AND 80),
    issuer text NOT NULL,
    client text NOT NULL,
    secret_hash bytea NOT NULL,
    scopes text NOT NULL DEFAULT 'openid profile email',
    groups_claim text NOT NULL DEFAULT 'groups',
    mappings jsonb NOT NULL DEFAULT '[]',
    enabled boolean NOT NULL DEFAULT false,
    creates_people boolean NOT NULL DEFAULT false,
    links_by_mail boolean NOT NULL DEFAULT false,
    strong boolean NOT NULL DEFAULT false,
    tried jsonb,
    PRIMARY KEY (tenant_id, id)
);
COMMENT ON COLUMN tenancy_provider.secret_hash IS 'sealed, not hashed: we must say it; named so that the audit trail hides it';

CREATE TABLE tenancy_identity (
    tenant_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    provider_id bigint NOT NULL,
    subject text NOT NULL,
    user_id bigint NOT NULL REFERENCES tenancy_user (id) ON DELETE CASCADE,
    managed boolean NOT NULL,
    created timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, provider_id) REFERENCES tenancy_provider (tenant_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX tenancy_identity_subject ON tenancy_identity (tenant_id, provider_id, subject);

ALTER TABLE tenancy_user ADD COLUMN mail text CHECK (length(mail) BETWEEN 3 AND 254);

-- Mail to people: written with what it tells about, sent after it by the worker, tried again where the server is away.
CREATE TABLE tenancy_mail (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    created timestamptz NOT NULL DEFAULT clock_timestamp(),
    topic text NOT NULL,
    about text NOT NULL,
    user_id bigint NOT NULL,
    address text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
    attempts integer NOT NULL DEFAULT 0,
    due timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished timestamptz,
    said text NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX tenancy_mail_once ON tenancy_mail (tenant_id, about, user_id);
CREATE INDEX tenancy_mail_due ON tenancy_mail (tenant_id, due) WHERE state = 'waiting';
COMMENT ON COLUMN tenancy_mail.about IS 'what it tells, once to each person, however often it is asked for';

CREATE TABLE tenancy_mail_choice (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    user_id bigint NOT NULL REFERENCES tenancy_user (id) ON DELETE CASCADE,
    topic text NOT NULL,
    wanted boolean NOT NULL,
    UNIQUE (tenant_id, user_id, topic)
);
COMMENT ON COLUMN tenancy_mail_choice.wanted IS 'what nobody chose is as the topic says';

-- Since when somebody holds a role; what was granted before this was kept is told by the audit trail, if at all.
ALTER TABLE tenancy_grant ADD COLUMN since timestamptz;
ALTER TABLE tenancy_grant ALTER COLUMN since SET DEFAULT clock_timestamp();

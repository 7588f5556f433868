-- What actions of trace nodes have to do, and did: one row for each action of an entry, however often the entry is sent.
CREATE TABLE capture_action (
    id uuid PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    created timestamptz NOT NULL DEFAULT clock_timestamp(),
    reading_id uuid NOT NULL,
    sent_by text NOT NULL,
    site_id bigint,
    node text NOT NULL,
    version integer NOT NULL,
    action text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('print_label', 'notify', 'webhook', 'hold')),
    settings jsonb NOT NULL,
    payload jsonb NOT NULL,
    event_ids text[] NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),
    attempts integer NOT NULL DEFAULT 0,
    due timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished timestamptz,
    said text NOT NULL DEFAULT '',
    fault jsonb
);
CREATE INDEX capture_action_newest ON capture_action (tenant_id, created DESC, id DESC);
CREATE INDEX capture_action_due ON capture_action (tenant_id, due) WHERE state = 'waiting';
COMMENT ON COLUMN capture_action.due IS 'when it is done, or tried again';

-- Messages to people: to everybody (role and user are null), to a role, or to one.
CREATE TABLE capture_notice (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    created timestamptz NOT NULL DEFAULT clock_timestamp(),
    action_id uuid NOT NULL REFERENCES capture_action (id),
    node text NOT NULL,
    text text NOT NULL,
    role_id bigint,
    user_id bigint,
    event_id text
);
CREATE INDEX capture_notice_newest ON capture_notice (tenant_id, id DESC);
COMMENT ON TABLE capture_notice IS 'append-only: messages that actions of trace nodes sent';

CREATE TABLE capture_notice_read (
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    user_id bigint NOT NULL,
    until bigint NOT NULL,
    PRIMARY KEY (tenant_id, user_id)
);
COMMENT ON TABLE capture_notice_read IS 'derived: up to which message each person has read';

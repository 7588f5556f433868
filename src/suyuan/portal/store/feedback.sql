-- What people say about the screen they are at: a fault, a wish or praise, and what somebody answers.
CREATE TABLE portal_feedback (
    id bigint GENERATED ALWAYS AS IDENTITY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    kind text NOT NULL CHECK (kind IN ('fault', 'wish', 'praise')),
    words text NOT NULL,
    address text NOT NULL,
    page text NOT NULL,
    language text NOT NULL,
    theme text NOT NULL,
    screen text NOT NULL,
    version text NOT NULL,
    failed_request text NOT NULL DEFAULT '',
    written timestamptz NOT NULL DEFAULT clock_timestamp(),
    writer_id bigint,
    writer text NOT NULL,
    state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'answered', 'closed')),
    answer text NOT NULL DEFAULT '',
    answered timestamptz,
    answered_by text,
    PRIMARY KEY (id, tenant_id)
);
CREATE INDEX portal_feedback_newest ON portal_feedback (tenant_id, id DESC);
CREATE INDEX portal_feedback_writer ON portal_feedback (tenant_id, writer_id, written);
COMMENT ON COLUMN portal_feedback.failed_request IS 'request id of the last failure that the writer saw; empty: none';

-- The picture by itself, so that the audit trail holds the words and not the picture.
CREATE TABLE portal_feedback_picture (
    tenant_id bigint NOT NULL,
    feedback_id bigint NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (tenant_id, feedback_id),
    FOREIGN KEY (feedback_id, tenant_id) REFERENCES portal_feedback (id, tenant_id) ON DELETE CASCADE
);
ALTER TABLE portal_feedback_picture ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE portal_feedback_picture IS 'derived: a screen that was pictured, drawn anew as WebP; the feedback itself is audited';

-- Electronic signatures: who put which meaning under exactly which content, and how they proved to be there.
CREATE TABLE compliance_signature (
    id bigint GENERATED ALWAYS AS IDENTITY,
    tenant_id bigint NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    signer_id bigint NOT NULL,
    login text NOT NULL,
    signer text NOT NULL,
    meaning text NOT NULL,
    note text NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    title_zh text NOT NULL,
    title_en text NOT NULL,
    content jsonb NOT NULL,
    digest bytea NOT NULL,
    components text[] NOT NULL,
    request_id text NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX compliance_signature_once
    ON compliance_signature (tenant_id, kind, subject, signer_id, meaning, digest);
CREATE INDEX compliance_signature_order ON compliance_signature (tenant_id, xid, id);
COMMENT ON TABLE compliance_signature IS 'append-only: electronic signatures, sealed in the log';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON compliance_signature
    FOR EACH ROW EXECUTE FUNCTION compliance_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON compliance_signature
    FOR EACH STATEMENT EXECUTE FUNCTION compliance_refuse_change();

-- Requests that a second person approve an action on exactly this content.
CREATE TABLE compliance_approval (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL,
    asked timestamptz NOT NULL DEFAULT clock_timestamp(),
    asker_id bigint NOT NULL,
    asker text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    title_zh text NOT NULL,
    title_en text NOT NULL,
    content jsonb NOT NULL,
    digest bytea NOT NULL,
    note text NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'rejected', 'withdrawn', 'used')),
    decided timestamptz,
    decider_id bigint,
    decider text,
    decision_note text
);
CREATE INDEX compliance_approval_order ON compliance_approval (tenant_id, id);
CREATE UNIQUE INDEX compliance_approval_waiting
    ON compliance_approval (tenant_id, action, subject, digest) WHERE state IN ('open', 'approved');

CREATE TABLE compliance_approval_rule (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL,
    action text NOT NULL,
    needed boolean NOT NULL,
    UNIQUE (tenant_id, action)
);

-- Which part of the audit trail somebody looked through, and what they say of it.
CREATE TABLE compliance_review (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    reviewer_id bigint,
    reviewer text NOT NULL,
    since timestamptz,
    until timestamptz NOT NULL,
    filter jsonb NOT NULL,
    entries bigint NOT NULL,
    last_entry bigint NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('in_order', 'follow_up')),
    note text NOT NULL
);
CREATE INDEX compliance_review_order ON compliance_review (tenant_id, id);

-- Keys are rows of a tenant like others, so that making one is on the audit trail; the keys that count are files.
DROP TRIGGER append_only ON compliance_log_key;
DROP TRIGGER no_truncate ON compliance_log_key;
COMMENT ON TABLE compliance_log_key IS NULL;

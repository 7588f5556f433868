-- What was sent for capture and what became of it. The events themselves are in the ledger.
CREATE TABLE integration_capture_job (
    id uuid PRIMARY KEY,
    tenant_id bigint NOT NULL,
    created timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished timestamptz,
    success boolean NOT NULL DEFAULT true,
    behaviour text NOT NULL CHECK (behaviour IN ('rollback', 'proceed')),
    events integer NOT NULL DEFAULT 0,
    accepted integer NOT NULL DEFAULT 0,
    replayed integer NOT NULL DEFAULT 0,
    refused integer NOT NULL DEFAULT 0,
    error_count integer NOT NULL DEFAULT 0,
    name text,
    user_name text
);
CREATE INDEX integration_capture_job_created ON integration_capture_job (tenant_id, created DESC, id DESC);
COMMENT ON TABLE integration_capture_job IS 'derived: the log of captures, one row a document';

CREATE TABLE integration_capture_error (
    tenant_id bigint NOT NULL,
    job_id uuid NOT NULL REFERENCES integration_capture_job (id) ON DELETE CASCADE,
    position integer NOT NULL,
    event_index integer,
    event_id text,
    code text NOT NULL,
    title_zh text NOT NULL,
    title_en text NOT NULL,
    remedy_zh text NOT NULL,
    remedy_en text NOT NULL,
    at text,
    exception text NOT NULL,
    PRIMARY KEY (tenant_id, job_id, position)
);
COMMENT ON TABLE integration_capture_error IS 'derived: why events of a capture were refused';

CREATE TABLE integration_capture_document (
    tenant_id bigint NOT NULL,
    job_id uuid NOT NULL REFERENCES integration_capture_job (id) ON DELETE CASCADE,
    body bytea NOT NULL,
    PRIMARY KEY (tenant_id, job_id)
);
ALTER TABLE integration_capture_document ALTER COLUMN body SET STORAGE EXTERNAL;
COMMENT ON TABLE integration_capture_document IS 'derived: documents that wait for the worker; gone when captured';

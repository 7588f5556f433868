-- What a check of level approve stops may be let pass afterwards, by somebody with the right who saw what was found.
ALTER TABLE integration_capture_error
    ADD COLUMN check_id text,
    ADD COLUMN node text NOT NULL DEFAULT '',
    ADD COLUMN level text NOT NULL DEFAULT 'refuse';
ALTER TABLE integration_capture_document ADD COLUMN grants jsonb;
COMMENT ON COLUMN integration_capture_document.grants IS 'the rights of who sent it: [[site, [right, ...]], ...]';
COMMENT ON TABLE integration_capture_document IS
    'derived: documents that wait for the worker, or for somebody to let events pass';

CREATE TABLE integration_capture_pass (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL,
    job_id uuid NOT NULL,
    made timestamptz NOT NULL DEFAULT clock_timestamp(),
    made_by text NOT NULL,
    person text NOT NULL,
    sites bigint[],
    node text NOT NULL,
    check_id text NOT NULL,
    event_id text,
    reason text NOT NULL,
    FOREIGN KEY (job_id, tenant_id) REFERENCES integration_capture_job (id, tenant_id) ON DELETE CASCADE
);
CREATE INDEX integration_capture_pass_job ON integration_capture_pass (tenant_id, job_id, id);
COMMENT ON COLUMN integration_capture_pass.event_id IS 'the event; null: every event that the check stops';
COMMENT ON COLUMN integration_capture_pass.sites IS 'the sites that the right reached; null: all';

-- What a check of level approve stopped in an import may be let pass afterwards, by somebody with the right.
CREATE TABLE capture_import_pass (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    import_id uuid NOT NULL,
    made timestamptz NOT NULL DEFAULT clock_timestamp(),
    made_by text NOT NULL,
    person text NOT NULL,
    sites bigint[],
    check_id text NOT NULL,
    numbers integer[],
    reason text NOT NULL,
    FOREIGN KEY (import_id, tenant_id) REFERENCES capture_import (id, tenant_id)
);
CREATE INDEX capture_import_pass_import ON capture_import_pass (tenant_id, import_id, id);
COMMENT ON COLUMN capture_import_pass.numbers IS 'rows of the file; null: every row that the check stops';
COMMENT ON COLUMN capture_import_pass.sites IS 'the sites that the right reached; null: all';

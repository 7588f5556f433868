-- Spreadsheets that people import: the file's rows, the columns' mapping, and what became of each row.
CREATE TABLE capture_import (
    id uuid PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    created timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_by text NOT NULL,
    user_id bigint,
    sites bigint[],
    node text NOT NULL,
    version integer NOT NULL,
    file_name text NOT NULL,
    file_hash bytea NOT NULL,
    first_row integer NOT NULL,
    header text[] NOT NULL,
    rows integer NOT NULL,
    mapping jsonb,
    mode text CHECK (mode IN ('skip', 'all')),
    state text NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'waiting', 'running', 'done', 'failed', 'canceled')),
    started timestamptz,
    finished timestamptz,
    fault jsonb
);
CREATE INDEX capture_import_newest ON capture_import (tenant_id, created DESC, id DESC);
CREATE INDEX capture_import_open ON capture_import (tenant_id) WHERE state IN ('waiting', 'running');
COMMENT ON COLUMN capture_import.sites IS 'the sites that the right to import reached when it was started; null: all';
COMMENT ON COLUMN capture_import.first_row IS 'number of the first row of data, as Excel counts';

-- How far an import is; apart from it, so that the audit trail does not grow with every step.
CREATE TABLE capture_import_progress (
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    import_id uuid NOT NULL REFERENCES capture_import (id),
    done integer NOT NULL DEFAULT 0,
    recorded integer NOT NULL DEFAULT 0,
    repeated integer NOT NULL DEFAULT 0,
    refused integer NOT NULL DEFAULT 0,
    seen timestamptz NOT NULL DEFAULT clock_timestamp(),
    cancel boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, import_id)
);
COMMENT ON TABLE capture_import_progress IS 'derived: how far each import is';
COMMENT ON COLUMN capture_import_progress.seen IS 'when the process that works on it last said that it lives';

CREATE TABLE capture_import_row (
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    import_id uuid NOT NULL REFERENCES capture_import (id),
    number integer NOT NULL,
    cells jsonb NOT NULL,
    outcome text CHECK (outcome IN ('recorded', 'warned', 'refused', 'repeated')),
    findings jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (tenant_id, import_id, number)
);
CREATE INDEX capture_import_row_refused ON capture_import_row (tenant_id, import_id, number)
    WHERE outcome = 'refused';
COMMENT ON TABLE capture_import_row IS 'derived: the rows of imported files; what they recorded is in the ledger';

CREATE TABLE capture_import_mapping (
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    node text NOT NULL,
    shape bytea NOT NULL,
    mapping jsonb NOT NULL,
    used timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, node, shape)
);
COMMENT ON TABLE capture_import_mapping IS 'derived: the newest mapping for files of each shape; the imports name theirs';

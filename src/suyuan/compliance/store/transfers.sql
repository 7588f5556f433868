-- Exports of the whole tenant, asked for in the console. The file lies in the data directory for a day.
CREATE TABLE compliance_export (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    asked timestamptz NOT NULL DEFAULT clock_timestamp(),
    asked_by text NOT NULL,
    reason text NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed', 'canceled')),
    finished timestamptz,
    rows bigint NOT NULL DEFAULT 0,
    bytes bigint,
    sha256 text,
    fault text,
    fetched timestamptz,
    fetched_by text
);
CREATE INDEX compliance_export_newest ON compliance_export (tenant_id, id DESC);
CREATE UNIQUE INDEX compliance_export_one ON compliance_export (tenant_id) WHERE state IN ('waiting', 'running');

-- How far an export is, apart from it, so that the trail of changes is not filled with progress.
CREATE TABLE compliance_export_progress (
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    export_id bigint NOT NULL REFERENCES compliance_export (id),
    tables integer NOT NULL,
    of_tables integer NOT NULL,
    rows bigint NOT NULL,
    seen timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, export_id)
);
COMMENT ON TABLE compliance_export_progress IS 'derived: how far each export is';

-- That and when this tenant came here from elsewhere.
CREATE TABLE compliance_arrival (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    made timestamptz NOT NULL,
    version text NOT NULL,
    digest text NOT NULL,
    rows bigint NOT NULL,
    arrived timestamptz NOT NULL DEFAULT clock_timestamp()
);

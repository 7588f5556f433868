-- What people and devices entered, raw, with what became of it. Never changed: a refusal that is dealt with later, and a
-- correction, are rows of their own.
CREATE TABLE capture_reading (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    device uuid NOT NULL,
    sequence bigint NOT NULL,
    node text NOT NULL,
    version integer NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('recorded', 'warned', 'refused')),
    taken timestamptz NOT NULL,
    received timestamptz NOT NULL,
    offset_ms integer NOT NULL,
    late boolean NOT NULL,
    way text NOT NULL,
    person text,
    place text,
    site_id bigint,
    sent_by text NOT NULL,
    overridden text[] NOT NULL DEFAULT '{}',
    event_ids text[] NOT NULL DEFAULT '{}',
    content_hash bytea NOT NULL,
    reading jsonb NOT NULL,
    findings jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX capture_reading_received ON capture_reading (tenant_id, received);
CREATE INDEX capture_reading_node ON capture_reading (tenant_id, node, received);
CREATE INDEX capture_reading_refused ON capture_reading (tenant_id, received, id) WHERE outcome = 'refused';
COMMENT ON TABLE capture_reading IS 'append-only: entries as they came, and what became of each';
COMMENT ON COLUMN capture_reading.taken IS 'when it was made: the device''s time, put right by its offset';

-- What somebody decided about a refused entry.
CREATE TABLE capture_resolution (
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    reading_id uuid NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('discarded', 'resubmitted')),
    reason text NOT NULL,
    replacement uuid,
    decided_by text NOT NULL,
    decided timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, reading_id)
);
COMMENT ON TABLE capture_resolution IS 'append-only: what was decided about refused entries';

-- Which event was corrected, and by which entry (none: it was voided only).
CREATE TABLE capture_correction (
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    event_id text NOT NULL,
    reason text NOT NULL,
    replacement uuid,
    corrected_by text NOT NULL,
    corrected timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, event_id)
);
COMMENT ON TABLE capture_correction IS 'append-only: corrected events';

-- Devices by the newest entry of each: causal order, and how wrong its clock is.
CREATE TABLE capture_device (
    tenant_id bigint NOT NULL,
    device uuid NOT NULL,
    last_sequence bigint NOT NULL,
    last_time timestamptz NOT NULL,
    offset_ms integer NOT NULL,
    seen timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, device)
);
COMMENT ON TABLE capture_device IS 'derived: the newest entry of each device';

-- Andon: what a station can call for, whom that reaches and when it goes further up, and every call with what became of it.
-- levels: a list of {after_minutes, unless: acknowledged|resolved, roles: [id], people: [id]}, by minutes.
CREATE TABLE production_andon_kind (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    reason text NOT NULL CHECK (reason IN ('equipment', 'quality', 'material', 'safety', 'other')),
    levels jsonb NOT NULL DEFAULT '[]',
    position integer NOT NULL DEFAULT 0,
    retired boolean NOT NULL DEFAULT false,
    UNIQUE (tenant_id, code)
);
CREATE TABLE production_andon (
    id uuid NOT NULL,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    kind_id bigint NOT NULL REFERENCES production_andon_kind (id),
    site_id bigint REFERENCES tenancy_site (id),
    place text,
    equipment text,
    work_order text,
    operation text,
    operation_zh text,
    operation_en text,
    item text,
    note text NOT NULL DEFAULT '',
    levels jsonb NOT NULL,
    reached integer NOT NULL DEFAULT 0,
    due timestamptz,
    state text NOT NULL DEFAULT 'called' CHECK (state IN ('called', 'acknowledged', 'resolved', 'withdrawn')),
    called timestamptz NOT NULL DEFAULT clock_timestamp(),
    called_by text NOT NULL,
    acknowledged timestamptz,
    acknowledged_by text,
    ended timestamptz,
    ended_by text,
    cause text NOT NULL DEFAULT '',
    remedy text NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX production_andon_open ON production_andon (tenant_id, called) WHERE state IN ('called', 'acknowledged');
CREATE INDEX production_andon_due ON production_andon (tenant_id, due) WHERE due IS NOT NULL;
CREATE INDEX production_andon_newest ON production_andon (tenant_id, called DESC, id DESC);
COMMENT ON COLUMN production_andon.levels IS 'of its kind when it was called: later changes of the kind leave it alone';
COMMENT ON COLUMN production_andon.reached IS 'levels that were called, or passed over because somebody had come';
COMMENT ON COLUMN production_andon.due IS 'when the next level is called; null: none is left, or it has ended';

-- Who was called when: a level once.
CREATE TABLE production_andon_level (
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    andon_id uuid NOT NULL,
    level integer NOT NULL,
    time timestamptz NOT NULL DEFAULT clock_timestamp(),
    roles bigint[] NOT NULL,
    people bigint[] NOT NULL,
    PRIMARY KEY (tenant_id, andon_id, level),
    FOREIGN KEY (tenant_id, andon_id) REFERENCES production_andon (tenant_id, id)
);
COMMENT ON TABLE production_andon_level IS 'append-only: levels of calls that were told';

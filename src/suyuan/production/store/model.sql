-- The plant after ISA-95 (IEC 62264-1): a site is tenancy's; below it areas, lines, work centres and equipment.
CREATE TABLE production_equipment (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    site_id bigint NOT NULL REFERENCES tenancy_site (id),
    uri text NOT NULL,
    level text NOT NULL CHECK (level IN ('area', 'line', 'work_centre', 'equipment')),
    parent_id bigint REFERENCES production_equipment (id),
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    class text NOT NULL DEFAULT '',
    retired boolean NOT NULL DEFAULT false,
    extra jsonb NOT NULL DEFAULT '{}',
    created timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, uri)
);
CREATE INDEX production_equipment_parent ON production_equipment (tenant_id, parent_id);

CREATE TABLE production_tool (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    site_id bigint REFERENCES tenancy_site (id),
    uri text NOT NULL,
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    class text NOT NULL DEFAULT '',
    calibrated date,
    due date,
    retired boolean NOT NULL DEFAULT false,
    extra jsonb NOT NULL DEFAULT '{}',
    created timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, uri)
);
COMMENT ON COLUMN production_tool.due IS 'the last day on which it may be used; null: it needs no calibration';

CREATE TABLE production_qualification (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    retired boolean NOT NULL DEFAULT false,
    extra jsonb NOT NULL DEFAULT '{}',
    UNIQUE (tenant_id, code)
);
CREATE TABLE production_qualified (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    qualification_id bigint NOT NULL REFERENCES production_qualification (id),
    person text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    UNIQUE (tenant_id, person, qualification_id)
);
COMMENT ON COLUMN production_qualified.valid_to IS 'the last day; null: without end';

CREATE TABLE production_team (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    site_id bigint REFERENCES tenancy_site (id),
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    members text[] NOT NULL DEFAULT '{}',
    retired boolean NOT NULL DEFAULT false,
    extra jsonb NOT NULL DEFAULT '{}',
    UNIQUE (tenant_id, code)
);

CREATE TABLE production_shift (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    site_id bigint NOT NULL REFERENCES tenancy_site (id),
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    starts time NOT NULL,
    ends time NOT NULL,
    break_minutes integer NOT NULL DEFAULT 0 CHECK (break_minutes >= 0),
    weekdays integer[] NOT NULL,
    valid_from date,
    valid_to date,
    retired boolean NOT NULL DEFAULT false,
    extra jsonb NOT NULL DEFAULT '{}',
    UNIQUE (tenant_id, site_id, code)
);
COMMENT ON COLUMN production_shift.ends IS 'not after starts: on the next day';
COMMENT ON COLUMN production_shift.weekdays IS 'ISO 8601: 1 Monday to 7 Sunday, of the day on which it starts';
CREATE TABLE production_day_off (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    site_id bigint NOT NULL REFERENCES tenancy_site (id),
    day date NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    UNIQUE (tenant_id, site_id, day)
);

CREATE TABLE production_order (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    number text NOT NULL,
    uri text NOT NULL,
    product text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('serial', 'lot', 'mixed')),
    quantity numeric NOT NULL CHECK (quantity > 0),
    unit text NOT NULL DEFAULT '',
    due timestamptz,
    priority smallint NOT NULL DEFAULT 5 CHECK (priority BETWEEN 1 AND 9),
    site_id bigint REFERENCES tenancy_site (id),
    line text,
    state text NOT NULL DEFAULT 'draft'
        CHECK (state IN ('draft', 'released', 'started', 'paused', 'completed', 'closed', 'cancelled')),
    route_key text,
    route_version integer,
    bom_key text,
    bom_version integer,
    parent_id bigint REFERENCES production_order (id),
    merged_into bigint REFERENCES production_order (id),
    customer text NOT NULL DEFAULT '',
    sales_order text NOT NULL DEFAULT '',
    note text NOT NULL DEFAULT '',
    reason text NOT NULL DEFAULT '',
    extra jsonb NOT NULL DEFAULT '{}',
    created timestamptz NOT NULL DEFAULT now(),
    created_by text NOT NULL,
    released timestamptz,
    started timestamptz,
    completed timestamptz,
    closed timestamptz,
    UNIQUE (tenant_id, number),
    UNIQUE (tenant_id, uri)
);
CREATE INDEX production_order_state ON production_order (tenant_id, state, due);
CREATE INDEX production_order_parent ON production_order (tenant_id, parent_id) WHERE parent_id IS NOT NULL;
COMMENT ON COLUMN production_order.priority IS '1 first, 9 last';
COMMENT ON COLUMN production_order.reason IS 'why it was paused, cancelled, closed short, split or merged';

CREATE TABLE production_check_level (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    "check" text NOT NULL,
    level text NOT NULL CHECK (level IN ('off', 'warn', 'refuse', 'approve')),
    UNIQUE (tenant_id, "check")
);

CREATE TABLE production_order_use (
    tenant_id bigint NOT NULL,
    order_uri text NOT NULL,
    material text NOT NULL,
    quantity numeric NOT NULL,
    PRIMARY KEY (tenant_id, order_uri, material)
);
COMMENT ON TABLE production_order_use IS 'derived: what went into each order by material, as events say';

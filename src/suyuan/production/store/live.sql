-- Read models of production, fed from the outbox and made anew by "suyuan rebuild": a function of the ledger alone.
-- result: p passed, f failed, r rework, s scrapped, h held, b begun (an operation was started, not finished).
CREATE TABLE production_passage (
    tenant_id bigint NOT NULL,
    item_id bigint NOT NULL,
    event_number bigint NOT NULL,
    site_id bigint NOT NULL,
    time timestamptz NOT NULL,
    operation text NOT NULL,
    came_from text,
    waited_seconds integer,
    result "char" NOT NULL,
    first boolean NOT NULL,
    quantity numeric NOT NULL,
    equipment text,
    place text,
    work_order text,
    product text,
    PRIMARY KEY (tenant_id, item_id, event_number)
);
CREATE INDEX production_passage_time ON production_passage (tenant_id, time);
CREATE INDEX production_passage_equipment ON production_passage (tenant_id, equipment, time) WHERE equipment IS NOT NULL;
COMMENT ON TABLE production_passage IS 'derived: each pass of a unit or lot through an operation, with its result';

CREATE TABLE production_wip (
    tenant_id bigint NOT NULL,
    item_id bigint NOT NULL,
    site_id bigint NOT NULL,
    product text,
    work_order text,
    operation text NOT NULL,
    place text,
    equipment text,
    state text NOT NULL,
    entered timestamptz NOT NULL,
    since timestamptz NOT NULL,
    quantity numeric NOT NULL,
    reworks integer NOT NULL,
    rework_seconds integer NOT NULL,
    rework_since timestamptz,
    event_number bigint NOT NULL,
    PRIMARY KEY (tenant_id, item_id)
);
CREATE INDEX production_wip_operation ON production_wip (tenant_id, operation, since);
COMMENT ON TABLE production_wip IS 'derived: units and lots that are in work, and the operation they have passed last';

CREATE TABLE production_state (
    tenant_id bigint NOT NULL,
    equipment text NOT NULL,
    event_number bigint NOT NULL,
    site_id bigint NOT NULL,
    time timestamptz NOT NULL,
    state text NOT NULL,
    reason text,
    note text,
    person text,
    PRIMARY KEY (tenant_id, event_number, equipment)
);
CREATE INDEX production_state_time ON production_state (tenant_id, equipment, time, event_number);
COMMENT ON TABLE production_state IS 'derived: when each machine went into which state';

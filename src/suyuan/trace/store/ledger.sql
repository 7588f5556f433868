-- The ledger. No foreign keys on the hot tables: they cost a third of an insert, and one writer (record) keeps them.
CREATE TABLE trace_item (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL,
    uri text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('unit', 'lot', 'carrier', 'asset', 'product')),
    product text,
    lot text,
    serial text,
    code text NOT NULL,
    made timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (tenant_id, uri)
);
CREATE INDEX trace_item_code ON trace_item (tenant_id, code text_pattern_ops);
CREATE INDEX trace_item_code_end ON trace_item (tenant_id, reverse(code) text_pattern_ops);
CREATE INDEX trace_item_product ON trace_item (tenant_id, product, kind, id);
COMMENT ON TABLE trace_item IS 'append-only: everything that was ever named by an event';

CREATE TABLE trace_event (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL,
    site_id bigint,
    event_id text NOT NULL,
    declares_error boolean NOT NULL DEFAULT false,
    type text NOT NULL,
    action text,
    event_time timestamptz NOT NULL,
    offset_minutes smallint NOT NULL,
    recorded timestamptz NOT NULL DEFAULT clock_timestamp(),
    biz_step text,
    disposition text,
    read_point text,
    biz_location text,
    transformation_id text,
    person text,
    equipment text,
    work_order text,
    shift text,
    capture_method text NOT NULL,
    error_reason text,
    corrective_ids text[] NOT NULL DEFAULT '{}',
    booking_lag_seconds integer NOT NULL DEFAULT 0,
    cleans boolean NOT NULL DEFAULT false,
    empties boolean NOT NULL DEFAULT false,
    item_count integer NOT NULL,
    content_hash bytea NOT NULL,
    recorded_by text NOT NULL,
    UNIQUE (tenant_id, event_id, declares_error)
);
CREATE INDEX trace_event_time ON trace_event (tenant_id, event_time, number);
CREATE INDEX trace_event_recorded ON trace_event (tenant_id, recorded, number);
CREATE INDEX trace_event_step ON trace_event (tenant_id, biz_step, event_time, number);
CREATE INDEX trace_event_place ON trace_event (tenant_id, biz_location, event_time, number);
CREATE INDEX trace_event_disposition ON trace_event (tenant_id, disposition, event_time, number);
CREATE INDEX trace_event_equipment ON trace_event (tenant_id, equipment, event_time, number) WHERE equipment IS NOT NULL;
CREATE INDEX trace_event_person ON trace_event (tenant_id, person, event_time, number) WHERE person IS NOT NULL;
CREATE INDEX trace_event_process ON trace_event (tenant_id, transformation_id) WHERE transformation_id IS NOT NULL;
CREATE INDEX trace_event_errors ON trace_event (tenant_id, event_id) WHERE declares_error;
COMMENT ON TABLE trace_event IS 'append-only: one row a fact; corrections are new rows';

-- The event as it came, without loss, apart from the narrow row that lists and traces read.
CREATE TABLE trace_context (
    tenant_id bigint NOT NULL,
    hash bytea NOT NULL,
    context jsonb NOT NULL,
    PRIMARY KEY (tenant_id, hash)
);
COMMENT ON TABLE trace_context IS 'append-only: JSON-LD contexts, each once';
CREATE TABLE trace_document (
    tenant_id bigint NOT NULL,
    event_number bigint NOT NULL,
    context_hash bytea,
    document jsonb NOT NULL,
    reading jsonb,
    PRIMARY KEY (tenant_id, event_number)
);
COMMENT ON TABLE trace_document IS 'append-only: each event as it came, with its raw reading';

-- role: i input, o output, p parent, c child, s subject.
-- act (event type and action): T transformation; A B D aggregation add, observe, delete; E F G association;
-- O P Q object; X Y Z transaction.
CREATE TABLE trace_participation (
    tenant_id bigint NOT NULL,
    item_id bigint NOT NULL,
    event_number bigint NOT NULL,
    event_time timestamptz NOT NULL,
    role "char" NOT NULL,
    act "char" NOT NULL,
    quantity numeric,
    unit text
);
CREATE INDEX trace_participation_item ON trace_participation (tenant_id, item_id, event_time, event_number);
CREATE INDEX trace_participation_child ON trace_participation (tenant_id, item_id, event_time, event_number)
    WHERE role = 'c';
CREATE INDEX trace_participation_event ON trace_participation (tenant_id, event_number);
COMMENT ON TABLE trace_participation IS 'append-only: which item had which role in which event';

CREATE TABLE trace_membership (
    tenant_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    lot_id bigint NOT NULL,
    event_number bigint NOT NULL,
    event_time timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, lot_id, unit_id, event_number)
);
CREATE INDEX trace_membership_unit ON trace_membership (tenant_id, unit_id);
COMMENT ON TABLE trace_membership IS 'append-only: which lot a unit was commissioned into, by which event';

CREATE TABLE trace_whereabouts (
    tenant_id bigint NOT NULL,
    item_id bigint NOT NULL,
    state text NOT NULL,
    disposition text,
    place text,
    place_since timestamptz,
    parent_id bigint,
    parent_since timestamptz,
    event_number bigint NOT NULL,
    PRIMARY KEY (tenant_id, item_id)
);
CREATE INDEX trace_whereabouts_parent ON trace_whereabouts (tenant_id, parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX trace_whereabouts_place ON trace_whereabouts (tenant_id, place, state);
COMMENT ON TABLE trace_whereabouts IS 'derived: where each item is, as the ledger''s newest events say';

CREATE TABLE trace_master (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL,
    type text NOT NULL,
    uri text NOT NULL,
    name_zh text,
    name_en text,
    attributes jsonb NOT NULL DEFAULT '{}',
    changed timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (tenant_id, uri, type)
);

-- Append-only also for whoever holds more rights than the application: a change needs the trigger dropped, which shows.
CREATE FUNCTION trace_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'Correct a mistake with a new event that declares the error.';
END
$$;
DO $guard$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY '{trace_item,trace_event,trace_context,trace_document,trace_participation,trace_membership}'::text[]
    LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I '
                       'FOR EACH ROW EXECUTE FUNCTION trace_refuse_change()', name);
        EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION trace_refuse_change()', name);
    END LOOP;
END
$guard$;

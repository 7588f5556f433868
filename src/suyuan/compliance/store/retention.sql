-- How long records of each kind are kept, and why. A rule that is not in force removes nothing.
CREATE TABLE compliance_retention (
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    kind text NOT NULL,
    days integer NOT NULL CHECK (days >= 1),
    reason text NOT NULL,
    in_force boolean NOT NULL DEFAULT false,
    changed timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_by text NOT NULL,
    PRIMARY KEY (tenant_id, kind)
);

-- Legal holds: what matches one is not removed, whatever the rules say. subject: a code, lot, person… ('' all).
CREATE TABLE compliance_hold (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    subject text NOT NULL,
    since timestamptz,
    until timestamptz,
    reason text NOT NULL,
    placed timestamptz NOT NULL DEFAULT clock_timestamp(),
    placed_by text NOT NULL,
    lifted timestamptz,
    lifted_by text,
    lift_reason text
);

-- What was removed by a rule: how many, up to when, and where they were written before. Each is a leaf of the log.
CREATE TABLE compliance_removal (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind text NOT NULL,
    before timestamptz NOT NULL,
    days integer NOT NULL,
    reason text NOT NULL,
    records integer NOT NULL,
    file text NOT NULL,
    sha256 text NOT NULL,
    subjects text NOT NULL
);
COMMENT ON TABLE compliance_removal IS 'append-only: what retention removed, and where it was archived';
COMMENT ON COLUMN compliance_removal.subjects IS 'SHA-256 over the sorted numbers of the records';

-- Which sealed records were removed: their leaves stay in the log.
CREATE TABLE compliance_removed (
    tenant_id bigint NOT NULL,
    kind "char" NOT NULL,
    subject bigint NOT NULL,
    removal_id bigint NOT NULL REFERENCES compliance_removal (id),
    PRIMARY KEY (tenant_id, kind, subject)
);
COMMENT ON TABLE compliance_removed IS 'append-only: sealed records that retention removed';

CREATE OR REPLACE FUNCTION compliance_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'compliance_audit'
       AND current_setting('suyuan.removing', true) = TG_TABLE_NAME THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the log is append-only: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

-- Removes records that this very transaction has put on record as removed, from the tables that a rule may be made for.
CREATE FUNCTION compliance_remove(wanted text, numbers text[], removal bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    tenant bigint := current_setting('suyuan.tenant')::bigint;
    gone bigint;
    kind regtype;
BEGIN
    IF wanted <> ALL ('{compliance_audit,tenancy_sign_in,capture_reading,capture_notice,coding_print_label}'::text[]) THEN
        RAISE EXCEPTION 'nothing is removed from %', wanted USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT FROM compliance_removal r
                    WHERE r.id = removal AND r.tenant_id = tenant AND r.xid = pg_current_xact_id()
                      AND r.records = cardinality(numbers)) THEN
        RAISE EXCEPTION 'this removal is not on record' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT a.atttypid INTO kind FROM pg_attribute a WHERE a.attrelid = wanted::regclass AND a.attname = 'id';
    PERFORM set_config('suyuan.removing', wanted, true);
    EXECUTE format('DELETE FROM %I WHERE tenant_id = $1 AND id = ANY ($2::%s[])', wanted, kind) USING tenant, numbers;
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM set_config('suyuan.removing', '', true);
    RETURN gone;
END
$$;

-- The tamper-evident log: one Merkle tree a tenant (RFC 6962). A leaf is the hash of an entry that can be made again from
-- what it seals; nodes keep the hash of every 256 and 65,536 … leaves, so that a proof reads a few blocks.
CREATE TABLE compliance_log (
    tenant_id bigint PRIMARY KEY,
    size bigint NOT NULL DEFAULT 0,
    frontier bytea NOT NULL DEFAULT '',
    changed timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE compliance_log IS 'derived: how far each tenant''s log has grown, and the edge of its tree';

-- kind: e an event, a an audit record, s a signature. subject: its number.
CREATE TABLE compliance_log_leaf (
    tenant_id bigint NOT NULL,
    position bigint NOT NULL,
    kind "char" NOT NULL,
    subject bigint NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (tenant_id, position)
);
CREATE UNIQUE INDEX compliance_log_leaf_subject ON compliance_log_leaf (tenant_id, kind, subject) INCLUDE (position);
COMMENT ON TABLE compliance_log_leaf IS 'append-only: the leaves of each tenant''s log, in order';

CREATE TABLE compliance_log_node (
    tenant_id bigint NOT NULL,
    level smallint NOT NULL,
    position bigint NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (tenant_id, level, position)
);
COMMENT ON TABLE compliance_log_node IS 'append-only: hashes of full subtrees of 256, 65,536 … leaves';

CREATE TABLE compliance_log_key (
    tenant_id bigint NOT NULL,
    name text NOT NULL,
    key_id text NOT NULL,
    public bytea NOT NULL,
    endorsement text,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, key_id)
);
COMMENT ON TABLE compliance_log_key IS 'append-only: public keys that signed checkpoints, each endorsed by the one before';

CREATE TABLE compliance_checkpoint (
    tenant_id bigint NOT NULL,
    number bigint NOT NULL,
    size bigint NOT NULL,
    root bytea NOT NULL,
    made timestamptz NOT NULL,
    key_id text NOT NULL,
    note text NOT NULL,
    PRIMARY KEY (tenant_id, number)
);
CREATE INDEX compliance_checkpoint_size ON compliance_checkpoint (tenant_id, size);
COMMENT ON TABLE compliance_checkpoint IS 'append-only: signed statements of size and root of the log';

CREATE FUNCTION compliance_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
DO $guard$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY
        '{compliance_log_leaf,compliance_log_node,compliance_log_key,compliance_checkpoint,compliance_audit}'::text[]
    LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I '
                       'FOR EACH ROW EXECUTE FUNCTION compliance_refuse_change()', name);
        EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION compliance_refuse_change()', name);
    END LOOP;
END
$guard$;

-- The audit trail is sealed in the order in which its transactions ended, as the outbox is read.
ALTER TABLE compliance_audit ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX compliance_audit_order ON compliance_audit (tenant_id, xid, id);
ALTER TABLE compliance_log ADD COLUMN audit_xid xid8 NOT NULL DEFAULT '0';
ALTER TABLE compliance_log ADD COLUMN audit_id bigint NOT NULL DEFAULT 0;

-- Tells a worker which tenants there are to look after, and nothing else, across row-level security.
CREATE FUNCTION compliance_tenants() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT id FROM tenancy_tenant ORDER BY id
$$;

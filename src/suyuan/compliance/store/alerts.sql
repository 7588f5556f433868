-- What somebody responsible should look at. It is made by the worker from the audit trail, sign-ins and verifications, so
-- that whoever changes something need not remember to tell, and cannot avoid it.
CREATE TABLE compliance_alert (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind text NOT NULL,
    source text NOT NULL,
    params jsonb NOT NULL,
    person_id bigint,
    handled timestamptz,
    handled_by text,
    note text,
    UNIQUE (tenant_id, kind, source)
);
CREATE INDEX compliance_alert_open ON compliance_alert (tenant_id, id) WHERE handled IS NULL;
COMMENT ON COLUMN compliance_alert.source IS 'what it was made from: the same never makes a second one';
COMMENT ON COLUMN compliance_alert.person_id IS 'whose account it is about';

-- How far the audit trail was looked through for alerts, in the order in which its transactions ended.
CREATE TABLE compliance_watch (
    tenant_id bigint PRIMARY KEY,
    xid xid8 NOT NULL,
    audit_id bigint NOT NULL,
    looked timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE compliance_watch IS 'derived: how far alerts were looked for';

-- When the server's clock did not go on as clocks do. On record like every change: the audit trail and the log have it.
CREATE TABLE compliance_clock_jump (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    expected timestamptz NOT NULL,
    found timestamptz NOT NULL
);
COMMENT ON COLUMN compliance_clock_jump.expected IS 'what the clock should have said by the time that passed, when it said found';

UPDATE tenancy_grant g
   SET since = (SELECT max(a.at) FROM compliance_audit a
                 WHERE a.tenant_id = g.tenant_id AND a.table_name = 'tenancy_grant' AND a.row_key = g.id::text
                   AND a.action = 'insert')
 WHERE g.since IS NULL;

-- Who has confirmed to have read which revision of an operation's work instructions.
CREATE TABLE production_instruction_read (
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    person text NOT NULL,
    route_key text NOT NULL,
    operation text NOT NULL,
    revision text NOT NULL,
    time timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, person, route_key, operation, revision)
);
COMMENT ON TABLE production_instruction_read IS 'append-only: confirmations that work instructions were read';

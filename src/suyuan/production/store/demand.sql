-- Sales demand: what customers ordered, line by line, and which work orders make it. How much of a line is covered follows
-- from its bindings and the orders as they are now; it is never kept.
CREATE TABLE production_demand (
    id bigint GENERATED ALWAYS AS IDENTITY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    customer_order text NOT NULL,
    line text NOT NULL,
    customer text NOT NULL,
    customer_uri text,
    product text NOT NULL,
    quantity numeric NOT NULL CHECK (quantity > 0),
    unit text NOT NULL DEFAULT '',
    due date NOT NULL,
    site_id bigint,
    cancelled boolean NOT NULL DEFAULT false,
    reason text NOT NULL DEFAULT '',
    note text NOT NULL DEFAULT '',
    created timestamptz NOT NULL DEFAULT now(),
    created_by text NOT NULL,
    PRIMARY KEY (id, tenant_id),
    UNIQUE (tenant_id, customer_order, line),
    FOREIGN KEY (site_id, tenant_id) REFERENCES tenancy_site (id, tenant_id)
);
CREATE INDEX production_demand_due ON production_demand (tenant_id, due) WHERE NOT cancelled;
COMMENT ON COLUMN production_demand.customer_uri IS 'the customer as a party: a GLN or another URI';
COMMENT ON COLUMN production_demand.site_id IS 'where it is to be made; null: anywhere';
COMMENT ON COLUMN production_demand.reason IS 'why it was cancelled';

CREATE TABLE production_demand_cover (
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    demand_id bigint NOT NULL,
    order_id bigint NOT NULL,
    quantity numeric NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (demand_id, order_id, tenant_id),
    FOREIGN KEY (demand_id, tenant_id) REFERENCES production_demand (id, tenant_id),
    FOREIGN KEY (order_id, tenant_id) REFERENCES production_order (id, tenant_id)
);
CREATE INDEX production_demand_cover_order ON production_demand_cover (order_id, tenant_id);
COMMENT ON COLUMN production_demand_cover.quantity IS 'how much of the order is bound to the line';

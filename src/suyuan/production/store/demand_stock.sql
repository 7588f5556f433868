-- Finished goods in the plant that are promised to demand lines: which item, and how much of it. Whether it is still there,
-- or was shipped, or is worth nothing any more, follows from events; it is never kept here.
CREATE TABLE production_demand_stock (
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    demand_id bigint NOT NULL,
    item_id bigint NOT NULL,
    quantity numeric NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (demand_id, item_id, tenant_id),
    FOREIGN KEY (demand_id, tenant_id) REFERENCES production_demand (id, tenant_id)
);
CREATE INDEX production_demand_stock_item ON production_demand_stock (tenant_id, item_id);
COMMENT ON COLUMN production_demand_stock.quantity IS 'how much of the item is promised to the line; 1 of a unit';

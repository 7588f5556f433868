-- Where how much of each lot stands: a read model fed from the outbox and made anew by "suyuan rebuild".
-- inside: the container that holds it, 0 where none does; its place is then the container's.
CREATE TABLE production_stock (
    tenant_id bigint NOT NULL,
    item_id bigint NOT NULL,
    place text NOT NULL,
    inside bigint NOT NULL,
    material text NOT NULL,
    quantity numeric NOT NULL,
    unit text,
    since timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, item_id, place, inside)
);
CREATE INDEX production_stock_material ON production_stock (tenant_id, material);
CREATE INDEX production_stock_place ON production_stock (tenant_id, place);
CREATE INDEX production_stock_inside ON production_stock (tenant_id, inside) WHERE inside <> 0;
COMMENT ON TABLE production_stock IS 'derived: where how much of each lot stands, as events say';

-- Up to which event a lot was folded: what comes later in time is added to it, anything else folds it anew.
CREATE TABLE production_stock_head (
    tenant_id bigint NOT NULL,
    item_id bigint NOT NULL,
    time timestamptz NOT NULL,
    event_number bigint NOT NULL,
    unit text,
    known boolean NOT NULL,
    away numeric NOT NULL,
    PRIMARY KEY (tenant_id, item_id)
);
COMMENT ON TABLE production_stock_head IS 'derived: the newest event that each lot''s stock counts';

-- What is to be at hand at a line or work centre, and how it is called for. card: what is printed on the card.
CREATE TABLE production_pull_rule (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    site_id bigint REFERENCES tenancy_site (id),
    card text NOT NULL,
    material text NOT NULL,
    place text NOT NULL,
    source text,
    unit text NOT NULL DEFAULT '',
    minimum numeric NOT NULL CHECK (minimum >= 0),
    maximum numeric NOT NULL CHECK (maximum >= minimum AND maximum > 0),
    card_quantity numeric CHECK (card_quantity > 0),
    lead_minutes integer NOT NULL DEFAULT 30 CHECK (lead_minutes BETWEEN 1 AND 10080),
    automatic boolean NOT NULL DEFAULT true,
    retired boolean NOT NULL DEFAULT false,
    UNIQUE (tenant_id, card)
);
CREATE UNIQUE INDEX production_pull_rule_spot ON production_pull_rule (tenant_id, material, place) WHERE NOT retired;
COMMENT ON COLUMN production_pull_rule.card_quantity IS 'called for with one card; null: up to the maximum';

-- Calls for material. brought: a list of {uri, code, quantity, event}.
CREATE TABLE production_pull (
    id uuid NOT NULL,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    rule_id bigint REFERENCES production_pull_rule (id),
    site_id bigint REFERENCES tenancy_site (id),
    material text NOT NULL,
    place text NOT NULL,
    quantity numeric NOT NULL CHECK (quantity > 0),
    unit text NOT NULL DEFAULT '',
    work_order text,
    origin text NOT NULL CHECK (origin IN ('hand', 'scan', 'minimum')),
    note text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'requested' CHECK (state IN ('requested', 'picking', 'delivered', 'cancelled')),
    due timestamptz NOT NULL,
    requested timestamptz NOT NULL,
    requested_by text NOT NULL,
    picking timestamptz,
    picking_by text,
    ended timestamptz,
    ended_by text,
    reason text NOT NULL DEFAULT '',
    brought jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX production_pull_open ON production_pull (tenant_id, material) WHERE state IN ('requested', 'picking');
CREATE INDEX production_pull_newest ON production_pull (tenant_id, requested DESC, id DESC);

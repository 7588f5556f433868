-- How many of a product (or of any carrier) one container takes, and whether other things may lie beside it.
CREATE TABLE coding_pack_spec (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    child text NOT NULL,
    capacity integer NOT NULL CHECK (capacity BETWEEN 1 AND 100000),
    mixed boolean NOT NULL DEFAULT false,
    UNIQUE (tenant_id, child)
);

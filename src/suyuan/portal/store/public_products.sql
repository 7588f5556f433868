-- What a tenant shows to everybody; nothing unless published. A GTIN has one brand owner, so one publisher.
CREATE TABLE portal_public_product (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL REFERENCES tenancy_tenant (id),
    product text NOT NULL,
    published boolean NOT NULL,
    brand_zh text NOT NULL DEFAULT '',
    brand_en text NOT NULL DEFAULT '',
    contact text NOT NULL DEFAULT '',
    origins text NOT NULL DEFAULT 'country' CHECK (origins IN ('none', 'country', 'place')),
    UNIQUE (tenant_id, product)
);
CREATE UNIQUE INDEX portal_public_product_publisher ON portal_public_product (product) WHERE published;

-- A visitor has no tenant. The one question that may be asked before there is one: who has published this product, and
-- knows this very item? No answer tells apart what is unknown, another tenant's, or not published.
CREATE FUNCTION portal_publisher_of(wanted_product text, wanted_item text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT p.tenant_id
      FROM portal_public_product p
     WHERE p.product = wanted_product AND p.published
       AND (wanted_item = wanted_product
            OR EXISTS (SELECT FROM trace_item i WHERE i.tenant_id = p.tenant_id AND i.uri = wanted_item))
$$;

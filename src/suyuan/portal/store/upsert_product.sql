INSERT INTO portal_public_product AS p (tenant_id, product, published, brand_zh, brand_en, contact, origins)
VALUES (%(tenant)s, %(product)s, %(published)s, %(brand_zh)s, %(brand_en)s, %(contact)s, %(origins)s)
ON CONFLICT (tenant_id, product) DO UPDATE
   SET published = excluded.published, brand_zh = excluded.brand_zh, brand_en = excluded.brand_en,
       contact = excluded.contact, origins = excluded.origins

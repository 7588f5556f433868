SELECT p.product, p.published, p.brand_zh, p.brand_en, p.contact, p.origins, t.name
  FROM portal_public_product p
  JOIN tenancy_tenant t ON t.id = p.tenant_id
 WHERE p.tenant_id = %(tenant)s AND (%(product)s::text IS NULL OR p.product = %(product)s::text)
 ORDER BY p.product

SELECT o.uri, o.number, o.product, o.quantity, o.state, o.route_key, o.route_version, o.bom_key, o.bom_version
  FROM production_order o
 WHERE o.tenant_id = %(tenant)s AND o.state IN ('released', 'started', 'paused')
   AND (%(sites)s::bigint[] IS NULL OR o.site_id IS NULL OR o.site_id = ANY (%(sites)s))
 ORDER BY o.priority, o.due NULLS LAST, o.id
 LIMIT %(limit)s

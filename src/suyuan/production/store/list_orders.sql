SELECT {columns}, count(*) OVER ()
  FROM production_order o
 WHERE o.tenant_id = %(tenant)s
   AND (%(states)s::text[] IS NULL OR o.state = ANY (%(states)s))
   AND (%(search)s::text IS NULL OR o.number ILIKE %(search)s OR o.product ILIKE %(search)s
        OR (%(customers)s AND o.customer ILIKE %(search)s) OR o.sales_order ILIKE %(search)s)
   AND (%(product)s::text IS NULL OR o.product = %(product)s)
   AND (%(sites)s::bigint[] IS NULL OR o.site_id IS NULL OR o.site_id = ANY (%(sites)s))
 ORDER BY {order}
 LIMIT %(limit)s OFFSET %(offset)s

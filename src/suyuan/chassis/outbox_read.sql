SELECT o.xid::text, o.id, o.payload
  FROM chassis_outbox o
  LEFT JOIN chassis_outbox_position p ON p.tenant_id = o.tenant_id AND p.subscriber = %(subscriber)s
 WHERE o.tenant_id = %(tenant)s
   AND o.topic = %(topic)s
   AND o.xid < pg_snapshot_xmin(pg_current_snapshot())
   AND (o.xid, o.id) > (coalesce(p.xid, '0'::xid8), coalesce(p.id, 0))
 ORDER BY o.xid, o.id
 LIMIT %(batch)s

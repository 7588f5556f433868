-- The position is asked for by itself, so that the index begins there: delivered messages are kept for a week.
SELECT o.xid::text, o.id, o.payload
  FROM chassis_outbox o
 WHERE o.tenant_id = %(tenant)s
   AND o.topic = %(topic)s
   AND o.xid < pg_snapshot_xmin(pg_current_snapshot())
   AND (o.xid, o.id) > (
        coalesce((SELECT p.xid FROM chassis_outbox_position p
                   WHERE p.tenant_id = %(tenant)s AND p.subscriber = %(subscriber)s), '0'::xid8),
        coalesce((SELECT p.id FROM chassis_outbox_position p
                   WHERE p.tenant_id = %(tenant)s AND p.subscriber = %(subscriber)s), 0))
 ORDER BY o.xid, o.id
 LIMIT %(batch)s

-- What waits for this subscriber of one tenant, with its read position moved behind it; nothing while another worker
-- holds that, or where there is none yet. The position is asked for by itself, so that the index begins there:
-- delivered messages are kept for a week.
WITH held AS MATERIALIZED (
    SELECT xid, id
      FROM chassis_outbox_position
     WHERE tenant_id = %(tenant)s AND subscriber = %(subscriber)s
       FOR UPDATE SKIP LOCKED
), batch AS MATERIALIZED (
    SELECT o.xid, o.id, o.payload
      FROM chassis_outbox o
     WHERE o.tenant_id = %(tenant)s
       AND o.topic = %(topic)s
       AND o.xid < pg_snapshot_xmin(pg_current_snapshot())
       AND (o.xid, o.id) > ((SELECT h.xid FROM held h), (SELECT h.id FROM held h))
     ORDER BY o.xid, o.id
     LIMIT %(batch)s
), moved AS (
    UPDATE chassis_outbox_position p
       SET topic = %(topic)s, xid = l.xid, id = l.id, moved = clock_timestamp()
      FROM (SELECT b.xid, b.id FROM batch b ORDER BY b.xid DESC, b.id DESC LIMIT 1) l
     WHERE p.tenant_id = %(tenant)s AND p.subscriber = %(subscriber)s
)
SELECT b.payload FROM batch b ORDER BY b.xid, b.id

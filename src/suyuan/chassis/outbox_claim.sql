-- Lock this subscriber's read position for one tenant; no row when another worker has it.
WITH made AS (
    INSERT INTO chassis_outbox_position (tenant_id, subscriber, topic)
    VALUES (%(tenant)s, %(subscriber)s, %(topic)s)
    ON CONFLICT DO NOTHING
    RETURNING true
), held AS (
    SELECT true FROM chassis_outbox_position
     WHERE tenant_id = %(tenant)s AND subscriber = %(subscriber)s
       FOR UPDATE SKIP LOCKED
)
SELECT true FROM made UNION ALL SELECT true FROM held LIMIT 1

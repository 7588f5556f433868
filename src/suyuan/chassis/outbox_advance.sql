UPDATE chassis_outbox_position
   SET topic = %(topic)s, xid = %(xid)s::text::xid8, id = %(id)s, moved = clock_timestamp()
 WHERE tenant_id = %(tenant)s AND subscriber = %(subscriber)s

WITH seen AS (
    SELECT coalesce((SELECT until FROM capture_notice_read WHERE tenant_id = %(tenant)s AND user_id = %(user)s), 0)
        AS until
), mine AS (
    SELECT n.* FROM capture_notice n
     WHERE n.tenant_id = %(tenant)s
       AND ((n.role_id IS NULL AND n.user_id IS NULL) OR n.user_id = %(user)s OR n.role_id = ANY (%(roles)s::bigint[]))
)
SELECT m.id, m.created, CASE WHEN %(language)s = 'en' THEN coalesce(m.text_en, m.text) ELSE m.text END, m.node, m.link,
       (SELECT e.number FROM trace_event e
         WHERE e.tenant_id = m.tenant_id AND e.event_id = m.event_id AND NOT e.declares_error),
       m.id <= s.until, (SELECT count(*) FROM mine WHERE id > s.until)
  FROM mine m, seen s ORDER BY m.id DESC LIMIT %(limit)s

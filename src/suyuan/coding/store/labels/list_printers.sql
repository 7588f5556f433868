SELECT p.id, p.code, p.name, p.site_id, p.language, p.dpi, p.connection, p.host, p.port, p.width_mm, p.media,
       p.darkness, p.speed, p.pictures, p.answers, p.active,
       (SELECT count(*) FROM coding_print_job j
         WHERE j.tenant_id = p.tenant_id AND j.printer_id = p.id AND j.state IN ('queued', 'sending'))
  FROM coding_printer p
 WHERE p.tenant_id = %(tenant)s AND (%(id)s::bigint IS NULL OR p.id = %(id)s::bigint)
 ORDER BY p.active DESC, p.code

SELECT j.id, j.created, j.created_by, j.label_key, j.label_version, j.title_zh, j.title_en, j.printer_id,
       coalesce(p.code, 'PDF'), coalesce(p.name, 'PDF'), coalesce(p.language, 'pdf'), coalesce(p.dpi, 600),
       coalesce(p.connection = 'virtual', false), j.labels, j.copies, j.sent, j.state, j.attempts,
       j.started, j.finished, j.confirmed, j.fault, j.reprint_of, j.reason
  FROM coding_print_job j
  LEFT JOIN coding_printer p ON p.id = j.printer_id AND p.tenant_id = j.tenant_id
 WHERE j.tenant_id = %(tenant)s
   AND (%(job)s::uuid IS NULL OR j.id = %(job)s::uuid)
   AND (%(state)s::text IS NULL OR j.state = %(state)s::text)
   AND (%(printer)s::bigint IS NULL OR j.printer_id = %(printer)s::bigint)
   AND (%(label)s::text IS NULL OR j.label_key = %(label)s::text)
   AND (%(code)s::text IS NULL OR EXISTS (
        SELECT FROM coding_print_label l
         WHERE l.tenant_id = j.tenant_id AND l.job_id = j.id AND l.code = %(code)s::text))
   AND (%(time)s::timestamptz IS NULL OR (j.created, j.id) < (%(time)s::timestamptz, %(last)s::uuid))
 ORDER BY j.created DESC, j.id DESC
 LIMIT %(limit)s

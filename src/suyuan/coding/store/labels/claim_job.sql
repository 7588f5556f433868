-- One job at a time for a printer, the oldest first.
UPDATE coding_print_job
   SET state = 'sending', attempts = attempts + 1, started = coalesce(started, clock_timestamp()),
       seen = clock_timestamp(), fault = NULL
 WHERE tenant_id = %(tenant)s AND id = (
        SELECT j.id FROM coding_print_job j
         WHERE j.tenant_id = %(tenant)s AND j.printer_id = %(printer)s AND j.state = 'queued'
           AND j.due <= clock_timestamp()
           AND NOT EXISTS (SELECT FROM coding_print_job s
                            WHERE s.tenant_id = j.tenant_id AND s.printer_id = j.printer_id AND s.state = 'sending')
         ORDER BY j.created, j.id
         LIMIT 1)
RETURNING id

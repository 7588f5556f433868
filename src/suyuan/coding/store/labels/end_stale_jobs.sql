-- A process that was killed while sending cannot say how many labels came out: nobody prints them again unasked.
UPDATE coding_print_job
   SET state = 'failed', finished = clock_timestamp(), fault = %(fault)s::jsonb
 WHERE tenant_id = %(tenant)s AND printer_id = %(printer)s AND state = 'sending'
   AND seen < clock_timestamp() - make_interval(secs => %(seconds)s)
RETURNING id, sent

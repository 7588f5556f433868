UPDATE integration_capture_job
   SET finished = clock_timestamp(), success = %(success)s, events = %(events)s, accepted = %(accepted)s,
       replayed = %(replayed)s, refused = %(refused)s, error_count = %(error_count)s
 WHERE tenant_id = %(tenant)s AND id = %(job)s

-- The newest entry of each device, and how far its clock is off.
INSERT INTO capture_device AS d (tenant_id, device, last_sequence, last_time, offset_ms, seen)
SELECT %(tenant)s, g.device::uuid, g.sequence, g.time, g.offset_ms, %(seen)s
  FROM unnest(%(device)s, %(sequence)s, %(time)s, %(offset_ms)s) AS g (device, sequence, time, offset_ms)
 ORDER BY g.device
ON CONFLICT (tenant_id, device) DO UPDATE
   SET last_sequence = excluded.last_sequence, last_time = excluded.last_time, offset_ms = excluded.offset_ms,
       seen = excluded.seen

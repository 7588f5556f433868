-- A plant of :units units with six operations each, as the ledger has it after years: made of a lot, put together,
-- soldered, tested with four values, labelled, packed. The newest :open units are not packed yet. Numbers are given here
-- and not asked for, so that no statement waits for another's: unit n is item :item + n, its step s event :event + 6 n + s.
-- A new unit comes every 0.2 s; between two operations pass 3 to 11 minutes.
INSERT INTO trace_item (id, tenant_id, uri, kind, product, lot, code) OVERRIDING SYSTEM VALUE
SELECT :lot + n, :tenant, 'urn:suyuan:bench:lot:' || n, 'lot', 'urn:suyuan:bench:product:m', n::text, 'L' || n
  FROM generate_series(0, :lots - 1) AS n;
INSERT INTO trace_item (id, tenant_id, uri, kind, product, serial, code) OVERRIDING SYSTEM VALUE
SELECT :item + n, :tenant, 'urn:suyuan:bench:unit:U' || n, 'unit', 'urn:suyuan:bench:product:p', 'U' || n, 'U' || n
  FROM generate_series(1, :units) AS n;
CREATE TEMP TABLE bench_events AS
SELECT :event + 6 * n + step AS number, n, step,
       (ARRAY['commissioning', 'assembling', 'sensor_reporting', 'inspecting', 'encoding', 'packing'])[step] AS biz_step,
       now() - (:units - n) * interval '0.2 s' - (6 - step) * interval '7 min' + n * (step * 7 + 3) % 240 * interval '1 s'
           AS event_time,
       'urn:suyuan:bench:equipment:' || step || '-' || n % 4 AS equipment, 'urn:suyuan:bench:place:' || step AS place,
       'urn:suyuan:bench:order:' || n / 500 AS work_order
  FROM generate_series(1, :units) AS n, generate_series(1, 6) AS step
 WHERE step <= CASE WHEN n <= :units - :open THEN 6 ELSE 1 + n % 5 END;
INSERT INTO trace_event (number, tenant_id, event_id, type, action, event_time, offset_minutes, biz_step, disposition,
                         biz_location, person, equipment, work_order, capture_method, item_count, content_hash,
                         recorded_by) OVERRIDING SYSTEM VALUE
SELECT number, :tenant, 'urn:bench:' || n || ':' || step,
       CASE WHEN step = 1 THEN 'TransformationEvent' ELSE 'ObjectEvent' END, CASE WHEN step > 1 THEN 'OBSERVE' END,
       event_time, 480, biz_step,
       CASE step WHEN 4 THEN 'conformant' WHEN 6 THEN 'container_closed' ELSE 'active' END, place,
       'urn:suyuan:bench:person:' || n % 50, equipment, work_order, 'device', 1, '\x00', 'bench'
  FROM bench_events;
INSERT INTO trace_participation (tenant_id, item_id, event_number, event_time, role, act)
SELECT :tenant, :item + n, number, event_time, CASE WHEN step = 1 THEN 'o' ELSE 's' END,
       CASE WHEN step = 1 THEN 'T' ELSE 'P' END
  FROM bench_events;
INSERT INTO trace_participation (tenant_id, item_id, event_number, event_time, role, act, quantity, unit)
SELECT :tenant, :lot + n % :lots, number, event_time, 'i', 'T', 1, 'C62' FROM bench_events WHERE step = 1;
INSERT INTO trace_document (tenant_id, event_number, document)
SELECT :tenant, number, CASE WHEN step <> 4 THEN '{}'::jsonb ELSE format(
           '{"sensorElementList": [{"sensorReport": [%s, %s, %s, %s]}]}', VARIADIC ARRAY(
               SELECT format('{"type": "x", "suyuan:name": "p%s", "value": %s, "suyuan:low": 0, "suyuan:high": 100}',
                             p, n % 100) FROM generate_series(1, 4) AS p))::jsonb END
  FROM bench_events;
INSERT INTO production_passage (tenant_id, item_id, event_number, site_id, time, operation, came_from, waited_seconds,
                                result, first, quantity, equipment, place, work_order, product)
SELECT :tenant, :item + e.n, e.number, 0, e.event_time, e.biz_step, before.biz_step,
       extract(epoch FROM e.event_time - before.event_time)::int, 'p', true, 1, e.equipment, e.place, e.work_order,
       'urn:suyuan:bench:product:p'
  FROM bench_events e LEFT JOIN bench_events before ON before.number = e.number - 1 AND e.step > 1;
INSERT INTO production_wip (tenant_id, item_id, site_id, product, work_order, operation, place, equipment, state,
                            entered, since, quantity, reworks, rework_seconds, rework_since, event_number)
SELECT :tenant, :item + e.n, 0, 'urn:suyuan:bench:product:p', e.work_order, e.biz_step, e.place, e.equipment, 'waiting',
       made.event_time, e.event_time, 1, 0, 0, NULL, e.number
  FROM bench_events e JOIN bench_events made ON made.number = :event + 6 * e.n + 1
 WHERE e.n > :units - :open AND e.step = 1 + e.n % 5;

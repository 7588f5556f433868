-- A plant of :units units with six operations each, as the ledger has it after years: made of a lot, put together,
-- soldered, tested with four values, labelled, packed. The newest :open units are not packed yet.
WITH made AS (
    INSERT INTO trace_item (tenant_id, uri, kind, product, lot, serial, code)
    SELECT :tenant, 'urn:suyuan:bench:lot:' || n, 'lot', 'urn:suyuan:bench:product:m', n::text, NULL, 'L' || n
      FROM generate_series(1, greatest(1, :units / 200)) AS n
    RETURNING id
), lots AS (SELECT min(id) AS first, count(*) AS many FROM made)
SELECT first, many INTO TEMP bench_lots FROM lots;
WITH made AS (
    INSERT INTO trace_item (tenant_id, uri, kind, product, serial, code)
    SELECT :tenant, 'urn:suyuan:bench:unit:U' || n, 'unit', 'urn:suyuan:bench:product:p', 'U' || n, 'U' || n
      FROM generate_series(1, :units) AS n
    RETURNING id
)
SELECT min(id) AS first INTO TEMP bench_units FROM made;
WITH steps AS (
    SELECT n, step, now() - (:units - n) * interval '0.2 s' - (6 - step) * interval '7 min' AS at
      FROM generate_series(1, :units) AS n, generate_series(1, 6) AS step
     WHERE step < 6 OR n <= :units - :open
), recorded AS (
    INSERT INTO trace_event (tenant_id, event_id, type, action, event_time, offset_minutes, biz_step, disposition,
                             biz_location, person, equipment, work_order, capture_method, item_count, content_hash,
                             recorded_by)
    SELECT :tenant, 'urn:bench:' || n || ':' || step,
           CASE WHEN step = 1 THEN 'TransformationEvent' ELSE 'ObjectEvent' END,
           CASE WHEN step > 1 THEN 'OBSERVE' END, at, 480,
           (ARRAY['commissioning', 'assembling', 'sensor_reporting', 'inspecting', 'encoding', 'packing'])[step],
           CASE WHEN step = 4 THEN 'conformant' ELSE 'active' END,
           'urn:suyuan:bench:place:' || step, 'urn:suyuan:bench:person:' || n % 50,
           'urn:suyuan:bench:equipment:' || step || '-' || n % 4, 'urn:suyuan:bench:order:' || n / 500, 'device', 1, '\x00',
           'bench'
      FROM steps
    RETURNING number, event_id, event_time, biz_step
)
SELECT number, event_time, biz_step, split_part(event_id, ':', 3)::bigint AS n, split_part(event_id, ':', 4)::int AS step
  INTO TEMP bench_events FROM recorded;
INSERT INTO trace_participation (tenant_id, item_id, event_number, event_time, role, act, quantity, unit)
SELECT :tenant, u.first + e.n - 1, e.number, e.event_time, CASE WHEN e.step = 1 THEN 'o' ELSE 's' END,
       CASE WHEN e.step = 1 THEN 'T' ELSE 'P' END, NULL, NULL
  FROM bench_events e, bench_units u;
INSERT INTO trace_participation (tenant_id, item_id, event_number, event_time, role, act, quantity, unit)
SELECT :tenant, l.first + e.n % l.many, e.number, e.event_time, 'i', 'T', 1, 'C62'
  FROM bench_events e, bench_lots l WHERE e.step = 1;
INSERT INTO trace_document (tenant_id, event_number, document)
SELECT :tenant, e.number, CASE WHEN e.step = 4 THEN jsonb_build_object('sensorElementList', jsonb_build_array(
           jsonb_build_object('sensorReport', (SELECT jsonb_agg(jsonb_build_object(
               'type', 'x', 'suyuan:name', 'p' || p, 'value', e.n % 100, 'suyuan:low', 0, 'suyuan:high', 100))
               FROM generate_series(1, 4) AS p)))) ELSE '{}' END
  FROM bench_events e;
INSERT INTO production_passage
SELECT :tenant, u.first + e.n - 1, e.number, 0, e.event_time, e.biz_step, lag(e.biz_step) OVER w,
       extract(epoch FROM e.event_time - lag(e.event_time) OVER w)::int, 'p', true, 1,
       'urn:suyuan:bench:equipment:' || e.step || '-' || e.n % 4, 'urn:suyuan:bench:place:' || e.step,
       'urn:suyuan:bench:order:' || e.n / 500, 'urn:suyuan:bench:product:p'
  FROM bench_events e, bench_units u
WINDOW w AS (PARTITION BY e.n ORDER BY e.step);
INSERT INTO production_wip
SELECT :tenant, u.first + e.n - 1, 0, 'urn:suyuan:bench:product:p', 'urn:suyuan:bench:order:' || e.n / 500, e.biz_step,
       'urn:suyuan:bench:place:' || e.step, 'urn:suyuan:bench:equipment:' || e.step || '-' || e.n % 4, 'waiting',
       e.event_time - interval '1 h', e.event_time, 1, 0, 0, NULL, e.number
  FROM bench_events e, bench_units u WHERE e.n > :units - :open AND e.step = 1 + e.n % 5;
ANALYZE trace_item, trace_event, trace_participation, trace_document, production_passage, production_wip;

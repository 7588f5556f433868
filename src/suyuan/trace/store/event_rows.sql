-- Rows of chosen events, with names; the query put in for "chosen" gives (number, place in the list).
SELECT e.number, e.event_id, e.type, e.action, e.event_time, e.offset_minutes, e.recorded, e.biz_step, e.disposition,
       e.read_point, e.biz_location, place.name_zh, place.name_en,
       e.person, coalesce(person.name_zh, person.name_en), e.equipment, coalesce(equipment.name_zh, equipment.name_en),
       e.work_order, e.capture_method,
       NOT e.declares_error AND EXISTS (
           SELECT FROM trace_event v
            WHERE v.tenant_id = e.tenant_id AND v.event_id = e.event_id AND v.declares_error) AS voided,
       e.declares_error, e.item_count, named.items
  FROM ({chosen}) AS chosen (number, place_in_list)
  JOIN trace_event e ON e.number = chosen.number AND e.tenant_id = %(tenant)s
  LEFT JOIN LATERAL (
    SELECT m.name_zh, m.name_en FROM trace_master m
     WHERE m.tenant_id = e.tenant_id AND m.uri = coalesce(e.biz_location, e.read_point) LIMIT 1) AS place ON true
  LEFT JOIN LATERAL (
    SELECT m.name_zh, m.name_en FROM trace_master m
     WHERE m.tenant_id = e.tenant_id AND m.uri = e.person LIMIT 1) AS person ON true
  LEFT JOIN LATERAL (
    SELECT m.name_zh, m.name_en FROM trace_master m
     WHERE m.tenant_id = e.tenant_id AND m.uri = e.equipment LIMIT 1) AS equipment ON true
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(i.id, i.uri, i.code, i.kind, p.role, p.quantity::text, p.unit)) AS items
      FROM (SELECT q.item_id, q.role, q.quantity, q.unit FROM trace_participation q
             WHERE q.tenant_id = e.tenant_id AND q.event_number = e.number
             ORDER BY array_position('{{o,p,s,i,c}}'::"char"[], q.role) LIMIT %(items)s) AS p
      JOIN trace_item i ON i.id = p.item_id) AS named ON true
 ORDER BY chosen.place_in_list

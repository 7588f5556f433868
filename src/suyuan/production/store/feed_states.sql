-- Machines' states out of newly recorded events; those that a declaration voids are taken back (feed_states_void.sql).
INSERT INTO production_state (tenant_id, equipment, event_number, site_id, time, state, reason, note, person)
SELECT e.tenant_id, coalesce(e.equipment, asset.uri), e.number, coalesce(e.site_id, 0), e.event_time,
       told.state, nullif(told.reason, ''), nullif(told.note, ''), e.person
  FROM trace_event e
  JOIN trace_document d ON d.tenant_id = e.tenant_id AND d.event_number = e.number
  LEFT JOIN LATERAL (
    SELECT i.uri FROM trace_participation p JOIN trace_item i ON i.id = p.item_id
     WHERE p.tenant_id = e.tenant_id AND p.event_number = e.number LIMIT 1) AS asset ON true
  CROSS JOIN LATERAL (
    SELECT coalesce(d.document ->> 'suyuan:state', d.document #>> '{suyuan:fields,state}') AS state,
           coalesce(d.document ->> 'suyuan:stateReason', d.document #>> '{suyuan:fields,reason}') AS reason,
           coalesce(d.document ->> 'suyuan:note', d.document #>> '{suyuan:fields,note}') AS note) AS told
 WHERE e.tenant_id = %(tenant)s AND e.number = ANY (%(numbers)s::bigint[]) AND NOT e.declares_error
   AND e.biz_step = 'urn:suyuan:vocab:step:equipment_state'
   AND told.state IN ('running', 'idle', 'setup', 'down', 'off')
   AND coalesce(e.equipment, asset.uri) IS NOT NULL
   AND NOT EXISTS (SELECT FROM trace_event v
                    WHERE v.tenant_id = e.tenant_id AND v.event_id = e.event_id AND v.declares_error)
ON CONFLICT DO NOTHING

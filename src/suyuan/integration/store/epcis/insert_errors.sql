INSERT INTO integration_capture_error (
    tenant_id, job_id, position, event_index, event_id, code, title_zh, title_en, remedy_zh, remedy_en, at, exception,
    check_id, node, level
)
SELECT %(tenant)s, %(job)s, row_number() OVER (), *
  FROM unnest(
      %(index)s::int[], %(event_id)s::text[], %(code)s::text[], %(title_zh)s::text[], %(title_en)s::text[],
      %(remedy_zh)s::text[], %(remedy_en)s::text[], %(at)s::text[], %(exception)s::text[], %(check)s::text[],
      %(node)s::text[], %(level)s::text[]
  )

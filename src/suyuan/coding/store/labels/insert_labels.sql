INSERT INTO coding_print_label (tenant_id, job_id, position, label_key, code, "values")
SELECT %(tenant)s, %(job)s, position, %(key)s, code, given::jsonb
  FROM unnest(%(positions)s::integer[], %(codes)s::text[], %(values)s::text[]) AS t (position, code, given)

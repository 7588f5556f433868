WITH RECURSIVE below (id, uri) AS (
    SELECT q.id, q.uri FROM production_equipment q WHERE q.tenant_id = %(tenant)s AND q.uri = %(uri)s
    UNION ALL
    SELECT q.id, q.uri FROM production_equipment q JOIN below b ON q.parent_id = b.id WHERE q.tenant_id = %(tenant)s
)
SELECT uri FROM below

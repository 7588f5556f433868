-- The numbers of items, made where they are new; what another transaction made meanwhile is not in the answer.
WITH given AS MATERIALIZED (
    SELECT g.*, (SELECT i.id FROM trace_item i WHERE i.tenant_id = %(tenant)s AND i.uri = g.uri) AS id
      FROM unnest(%(uri)s, %(kind)s, %(product)s, %(lot)s, %(serial)s, %(code)s)
        AS g (uri, kind, product, lot, serial, code)
), made AS (
    INSERT INTO trace_item (tenant_id, uri, kind, product, lot, serial, code)
    SELECT %(tenant)s, g.uri, g.kind, g.product, g.lot, g.serial, g.code
      FROM given g
     WHERE g.id IS NULL
     ORDER BY g.uri
    ON CONFLICT (tenant_id, uri) DO NOTHING
    RETURNING uri, id
)
SELECT uri, id, false FROM given WHERE id IS NOT NULL
UNION ALL
SELECT uri, id, true FROM made

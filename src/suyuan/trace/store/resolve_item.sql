-- The item of this URI, else the newest of this readable code, else the one of this number: each by its own index.
SELECT found.id FROM (
    SELECT i.id, 1 AS how FROM trace_item i WHERE i.tenant_id = %(tenant)s AND i.uri = %(text)s
    UNION ALL
    SELECT i.id, 2 FROM trace_item i WHERE i.tenant_id = %(tenant)s AND i.code = %(text)s
    UNION ALL
    SELECT i.id, 3 FROM trace_item i WHERE i.tenant_id = %(tenant)s AND i.id = %(number)s::bigint) AS found
 ORDER BY found.how, found.id DESC LIMIT 1

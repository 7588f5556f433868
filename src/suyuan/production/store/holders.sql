SELECT h.person
  FROM production_qualified h
  JOIN production_qualification q ON q.id = h.qualification_id
 WHERE h.tenant_id = %(tenant)s AND q.code = ANY (%(codes)s)
   AND %(day)s::date BETWEEN h.valid_from AND coalesce(h.valid_to, 'infinity')
 GROUP BY h.person
HAVING count(DISTINCT q.code) = %(count)s
 ORDER BY h.person
 LIMIT 20

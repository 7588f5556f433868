SELECT pack, (array_agg(pack_version ORDER BY changed DESC))[1], count(*), max(changed)
  FROM designer_definition
 WHERE tenant_id = %(tenant)s
   AND pack IS NOT NULL
 GROUP BY pack
 ORDER BY pack

-- What follows each operation of each product: of the newest passages, what came most often after a good result.
SELECT DISTINCT ON (product, came_from) product, came_from, operation
  FROM (SELECT k.product, k.came_from, k.operation, count(*) AS times
          FROM (SELECT coalesce(product, '') AS product, came_from, operation, result FROM production_passage
                 WHERE tenant_id = %(tenant)s AND came_from IS NOT NULL AND time <= %(now)s
                 ORDER BY time DESC LIMIT 20000) AS k
         WHERE k.came_from <> k.operation AND k.result <> 'r' AND k.result <> 's'
         GROUP BY 1, 2, 3) AS followed
 ORDER BY product, came_from, times DESC, operation

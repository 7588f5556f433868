-- What follows each operation of each product: of the newest passages, what came most often after a good result.
SELECT DISTINCT ON (product, came_from) product, came_from, operation
  FROM (SELECT k.product, k.came_from, k.operation, sum(k.onward) AS times
          FROM (SELECT f.product, f.came_from, f.operation, f.onward FROM production_flow f
                 WHERE f.tenant_id = %(tenant)s AND f.came_from <> '' AND f.quarter <= %(now)s
                 ORDER BY f.quarter DESC LIMIT 10000) AS k
         WHERE k.came_from <> k.operation
         GROUP BY 1, 2, 3
        HAVING sum(k.onward) > 0) AS followed
 ORDER BY product, came_from, times DESC, operation

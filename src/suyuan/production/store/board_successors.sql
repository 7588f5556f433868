-- What follows each operation: of the newest passages, what came most often after a good result.
SELECT DISTINCT ON (came_from) came_from, operation
  FROM (SELECT k.came_from, k.operation, count(*) AS times
          FROM (SELECT came_from, operation, result FROM production_passage
                 WHERE tenant_id = %(tenant)s AND came_from IS NOT NULL AND time <= %(now)s
                 ORDER BY time DESC LIMIT 20000) AS k
         WHERE k.came_from <> k.operation AND k.result <> 'r' AND k.result <> 's'
         GROUP BY 1, 2) AS followed
 ORDER BY came_from, times DESC, operation

-- Which of these items somebody else judges entries of; with patience none, once others have ended. Who names few items
-- holds each of them, and shares the shelf that it stands on; who names many holds whole shelves, so that a large message
-- does not use up the server's locks. All take them in this order, so that nobody waits in a circle.
SELECT o.uri
  FROM (SELECT g.uri, g.shelf, g.place
          FROM (SELECT u.uri, abs(hashtext(u.uri) %% %(shelves)s) AS shelf,
                       -1 - abs(hashtext(u.uri) %% 2000000000) AS place
                  FROM unnest(%(uris)s::text[]) AS u (uri)) AS g
         ORDER BY g.shelf, g.place DESC
        OFFSET 0) AS o
 WHERE CASE WHEN %(many)s AND %(patient)s THEN pg_advisory_xact_lock(%(tenant)s::int, o.shelf) IS NULL
            WHEN %(many)s THEN NOT pg_try_advisory_xact_lock(%(tenant)s::int, o.shelf)
            WHEN %(patient)s THEN pg_advisory_xact_lock_shared(%(tenant)s::int, o.shelf) IS NULL
                               OR pg_advisory_xact_lock(%(tenant)s::int, o.place) IS NULL
            WHEN pg_try_advisory_xact_lock_shared(%(tenant)s::int, o.shelf)
            THEN NOT pg_try_advisory_xact_lock(%(tenant)s::int, o.place)
            ELSE true END

-- Which of these items nobody else judges entries of; with patience all of them, once others have ended. Who names few
-- items holds each of them, and shares the shelf that it stands on; who names many holds whole shelves, so that a large
-- message does not use up the server's locks.
WITH given AS MATERIALIZED (
    SELECT u.uri, abs(hashtext(u.uri) %% %(shelves)s) AS shelf, -1 - abs(hashtext(u.uri) %% 2000000000) AS place
      FROM unnest(%(uris)s::text[]) AS u (uri)
), shelves AS MATERIALIZED (
    SELECT s.shelf,
           CASE WHEN %(many)s AND %(patient)s THEN pg_advisory_xact_lock(%(tenant)s::int, s.shelf) IS NOT NULL
                WHEN %(many)s THEN pg_try_advisory_xact_lock(%(tenant)s::int, s.shelf)
                WHEN %(patient)s THEN pg_advisory_xact_lock_shared(%(tenant)s::int, s.shelf) IS NOT NULL
                ELSE pg_try_advisory_xact_lock_shared(%(tenant)s::int, s.shelf) END AS held
      FROM (SELECT DISTINCT g.shelf FROM given g ORDER BY g.shelf) AS s
), whole AS MATERIALIZED (
    SELECT count(*) AS shelves FROM shelves
), places AS MATERIALIZED (
    SELECT p.place,
           CASE WHEN %(many)s THEN true
                WHEN %(patient)s THEN pg_advisory_xact_lock(%(tenant)s::int, p.place) IS NOT NULL
                ELSE pg_try_advisory_xact_lock(%(tenant)s::int, p.place) END AS held
      FROM (SELECT DISTINCT g.place, w.shelves FROM given g CROSS JOIN whole w ORDER BY g.place) AS p
)
SELECT g.uri
  FROM given g JOIN shelves s ON s.shelf = g.shelf JOIN places p ON p.place = g.place
 WHERE NOT (s.held AND p.held)

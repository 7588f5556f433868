-- Which of these items nobody else judges entries of; with patience all of them, once others have ended.
WITH keys AS MATERIALIZED (
    SELECT k.key, CASE WHEN %(patient)s THEN pg_advisory_xact_lock(%(tenant)s::int, k.key) IS NOT NULL
                       ELSE pg_try_advisory_xact_lock(%(tenant)s::int, k.key) END AS done
      FROM (SELECT DISTINCT abs(hashtext(u.uri) %% %(locks)s) AS key
              FROM unnest(%(uris)s::text[]) AS u (uri) ORDER BY key) AS k
)
SELECT u.uri FROM unnest(%(uris)s::text[]) AS u (uri) JOIN keys ON keys.key = abs(hashtext(u.uri) %% %(locks)s)
 WHERE NOT keys.done

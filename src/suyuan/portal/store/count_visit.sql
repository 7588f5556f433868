-- Count one lookup, unless it is too many: a row comes back only for one within the limit, and a refused one writes nothing.
-- The last minute's lookups fade out as this one passes, so there is no edge to wait for.
WITH clock AS (SELECT coalesce(%(now)s::double precision, extract(epoch FROM clock_timestamp())) / 60 AS minutes)
INSERT INTO portal_visit AS kept (visitor, minute, looked, before)
SELECT %(visitor)s, floor(minutes)::bigint, 1, 0 FROM clock
ON CONFLICT (visitor) DO UPDATE
   SET minute = greatest(kept.minute, excluded.minute),
       looked = CASE WHEN excluded.minute > kept.minute THEN 1 ELSE kept.looked + 1 END,
       before = CASE WHEN excluded.minute > kept.minute + 1 THEN 0
                     WHEN excluded.minute > kept.minute THEN kept.looked ELSE kept.before END
 WHERE CASE WHEN excluded.minute > kept.minute + 1 THEN 0
            WHEN excluded.minute > kept.minute THEN kept.looked * (1 - (SELECT minutes - floor(minutes) FROM clock))
            ELSE kept.looked + kept.before * (1 - (SELECT minutes - floor(minutes) FROM clock))
       END < %(limit)s
RETURNING 1

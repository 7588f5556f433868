-- How calls of a window went, by kind or by station (machine, else place). A call resolved at once was answered then.
WITH counted AS (
    SELECT CASE WHEN %(by)s = 'kind' THEN k.code ELSE coalesce(a.equipment, a.place, '') END AS key,
           k.name_zh AS kind_zh, k.name_en AS kind_en, k.reason, a.state,
           extract(epoch FROM coalesce(a.acknowledged, a.ended) - a.called) AS response,
           extract(epoch FROM a.ended - a.called) AS resolution,
           EXISTS (SELECT FROM production_andon_level l
                    WHERE l.tenant_id = a.tenant_id AND l.andon_id = a.id AND l.level > 1) AS escalated
      FROM production_andon a
      JOIN production_andon_kind k ON k.id = a.kind_id
     WHERE a.tenant_id = %(tenant)s AND a.called >= %(since)s AND a.called < %(until)s
       AND (%(sites)s::bigint[] IS NULL OR a.site_id IS NULL OR a.site_id = ANY (%(sites)s))
)
SELECT key, min(kind_zh), min(kind_en), min(reason),
       count(*) FILTER (WHERE state <> 'withdrawn'), count(*) FILTER (WHERE state IN ('called', 'acknowledged')),
       count(*) FILTER (WHERE state = 'withdrawn'), count(*) FILTER (WHERE escalated AND state <> 'withdrawn'),
       percentile_disc(0.5) WITHIN GROUP (ORDER BY response) FILTER (WHERE state <> 'withdrawn'),
       percentile_disc(0.9) WITHIN GROUP (ORDER BY response) FILTER (WHERE state <> 'withdrawn'),
       percentile_disc(0.5) WITHIN GROUP (ORDER BY resolution) FILTER (WHERE state = 'resolved'),
       percentile_disc(0.9) WITHIN GROUP (ORDER BY resolution) FILTER (WHERE state = 'resolved'),
       coalesce(sum(resolution) FILTER (WHERE state = 'resolved'), 0)
  FROM counted
 GROUP BY key
 ORDER BY 13 DESC, 5 DESC, key

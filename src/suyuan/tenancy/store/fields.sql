-- Rights by field are new: what opens anything today opens all fields, until somebody takes that away.
SELECT set_config('suyuan.via', 'system', true), set_config('suyuan.actor_name', 'suyuan', true),
       set_config('suyuan.reason', 'upgrade: rights by field', true);
UPDATE tenancy_role SET permissions = (
    SELECT array_agg(DISTINCT name ORDER BY name)
      FROM unnest(permissions || '{fields:people:read,fields:parties:read,fields:measured:read}'::text[]) AS name)
 WHERE cardinality(permissions) > 0;
UPDATE tenancy_token SET permissions = (
    SELECT array_agg(DISTINCT name ORDER BY name)
      FROM unnest(permissions || '{fields:people:read,fields:parties:read,fields:measured:read}'::text[]) AS name)
 WHERE cardinality(permissions) > 0;

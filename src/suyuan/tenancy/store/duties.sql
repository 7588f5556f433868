-- Separation of duties, and the switch that two people must want; the longest that a session lasts.
ALTER TABLE tenancy_policy ADD COLUMN session_hours integer NOT NULL DEFAULT 12 CHECK (session_hours BETWEEN 1 AND 24);
ALTER TABLE tenancy_policy ADD COLUMN separate_duties boolean NOT NULL DEFAULT false;
ALTER TABLE tenancy_policy ADD COLUMN duties_wanted boolean;
ALTER TABLE tenancy_policy ADD COLUMN duties_asked_by bigint;
ALTER TABLE tenancy_policy ADD COLUMN duties_asked timestamptz;

DROP FUNCTION tenancy_find_token(bytea);
CREATE FUNCTION tenancy_find_token(wanted bytea)
RETURNS TABLE (id bigint, tenant_id bigint, name text, permissions text[], site_id bigint, used_lately boolean,
               separate_duties boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.id, t.tenant_id, t.name, t.permissions, t.site_id,
           coalesce(u.last_used > clock_timestamp() - interval '1 minute', false),
           coalesce(p.separate_duties, false)
      FROM tenancy_token t
      LEFT JOIN tenancy_token_use u ON u.token_id = t.id
      LEFT JOIN tenancy_policy p ON p.tenant_id = t.tenant_id
     WHERE t.secret_hash = wanted AND t.revoked IS NULL AND (t.expires IS NULL OR t.expires > clock_timestamp())
$$;

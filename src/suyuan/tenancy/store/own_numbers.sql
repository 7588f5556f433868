-- Another tenant's token may have this one's number (ADR-0030).
CREATE OR REPLACE FUNCTION tenancy_find_token(wanted bytea)
RETURNS TABLE (id bigint, tenant_id bigint, name text, permissions text[], site_id bigint, used_lately boolean,
               separate_duties boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.id, t.tenant_id, t.name, t.permissions, t.site_id,
           coalesce(u.last_used > clock_timestamp() - interval '1 minute', false),
           coalesce(p.separate_duties, false)
      FROM tenancy_token t
      LEFT JOIN tenancy_token_use u ON u.tenant_id = t.tenant_id AND u.token_id = t.id
      LEFT JOIN tenancy_policy p ON p.tenant_id = t.tenant_id
     WHERE t.secret_hash = wanted AND t.revoked IS NULL AND (t.expires IS NULL OR t.expires > clock_timestamp())
$$;

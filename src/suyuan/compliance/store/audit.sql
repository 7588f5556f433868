-- The audit trail is written by the database itself, so no code path can forget it and none can write it by hand:
-- the application may only read it.
CREATE TABLE compliance_audit (
    id bigint GENERATED ALWAYS AS IDENTITY,
    tenant_id bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor_id bigint,
    actor text NOT NULL,
    via text NOT NULL,
    request_id text NOT NULL,
    table_name text NOT NULL,
    row_key text NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    reason text,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX compliance_audit_row ON compliance_audit (tenant_id, table_name, row_key, id);
COMMENT ON TABLE compliance_audit IS 'read-only: written by triggers alone';

CREATE FUNCTION compliance_audit_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    hidden CONSTANT text[] := '{password,secret_hash}';
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    changed jsonb;
    was jsonb;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        -- Only what changed; a secret's change is told, its value never.
        SELECT jsonb_object_agg(key, CASE WHEN key = ANY (hidden) THEN '"changed"'::jsonb ELSE new_row -> key END),
               jsonb_object_agg(key, CASE WHEN key = ANY (hidden) THEN '"hidden"'::jsonb ELSE old_row -> key END)
          INTO changed, was
          FROM jsonb_object_keys(new_row) AS key
         WHERE new_row -> key IS DISTINCT FROM old_row -> key;
        IF changed IS NULL THEN
            RETURN NULL;
        END IF;
    ELSE
        changed := new_row - hidden;
        was := old_row - hidden;
    END IF;
    INSERT INTO compliance_audit
        (tenant_id, actor_id, actor, via, request_id, table_name, row_key, action, before, after, reason)
    VALUES (
        coalesce(new_row ->> 'tenant_id', old_row ->> 'tenant_id')::bigint,
        nullif(current_setting('suyuan.actor', true), '')::bigint,
        coalesce(nullif(current_setting('suyuan.actor_name', true), ''), session_user),
        coalesce(nullif(current_setting('suyuan.via', true), ''), 'database'),
        coalesce(current_setting('suyuan.request', true), ''),
        TG_TABLE_NAME,
        coalesce(new_row ->> 'id', old_row ->> 'id', ''),
        lower(TG_OP), was, changed,
        nullif(current_setting('suyuan.reason', true), ''));
    RETURN NULL;
END
$$;

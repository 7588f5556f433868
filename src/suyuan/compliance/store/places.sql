-- What verifications found, where checkpoints go outside, and what became of each sending.
CREATE TABLE compliance_verification (
    tenant_id bigint NOT NULL,
    number bigint GENERATED ALWAYS AS IDENTITY,
    started timestamptz NOT NULL,
    finished timestamptz NOT NULL DEFAULT clock_timestamp(),
    by_whom text NOT NULL,
    leaves bigint NOT NULL,
    records bigint NOT NULL,
    checkpoints bigint NOT NULL,
    sound boolean NOT NULL,
    findings jsonb NOT NULL,
    finding_count integer NOT NULL,
    PRIMARY KEY (tenant_id, number)
);
COMMENT ON TABLE compliance_verification IS 'append-only: what each verification of the log found';

CREATE TABLE compliance_place (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id bigint NOT NULL,
    kind text NOT NULL CHECK (kind IN ('folder', 'webhook', 'mail', 's3', 'timestamp')),
    name text NOT NULL,
    settings jsonb NOT NULL DEFAULT '{}',
    secret bytea,
    every_minutes integer NOT NULL DEFAULT 60 CHECK (every_minutes BETWEEN 1 AND 10080),
    active boolean NOT NULL DEFAULT true,
    UNIQUE (tenant_id, name)
);

CREATE TABLE compliance_delivery (
    tenant_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    place_id bigint NOT NULL,
    checkpoint bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    good boolean NOT NULL,
    said text NOT NULL,
    proof bytea,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX compliance_delivery_place ON compliance_delivery (tenant_id, place_id, id);
CREATE INDEX compliance_delivery_proof ON compliance_delivery (tenant_id, checkpoint) WHERE proof IS NOT NULL;
COMMENT ON TABLE compliance_delivery IS 'append-only: each sending of a checkpoint to a place outside, and its receipt';

-- A secret's change is told in the audit trail, its value never.
CREATE OR REPLACE FUNCTION compliance_audit_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    hidden CONSTANT text[] := '{password,secret_hash,secret}';
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    changed jsonb;
    was jsonb;
BEGIN
    IF TG_OP = 'UPDATE' THEN
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
DO $guard$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY '{compliance_verification,compliance_delivery}'::text[]
    LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I '
                       'FOR EACH ROW EXECUTE FUNCTION compliance_refuse_change()', name);
        EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION compliance_refuse_change()', name);
    END LOOP;
END
$guard$;

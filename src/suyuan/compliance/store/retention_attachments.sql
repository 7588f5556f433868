-- What is attached to entries need not be kept for ever either; it is told apart by its digest.
CREATE OR REPLACE FUNCTION compliance_remove(wanted text, numbers text[], removal bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    tenant bigint := current_setting('suyuan.tenant')::bigint;
    key text := CASE wanted WHEN 'capture_attachment_content' THEN 'digest' ELSE 'id' END;
    gone bigint;
    kind regtype;
BEGIN
    IF wanted <> ALL ('{compliance_audit,tenancy_sign_in,capture_reading,capture_notice,coding_print_label,tenancy_mail,compliance_alert,capture_action,capture_attachment_content}'::text[]) THEN
        RAISE EXCEPTION 'nothing is removed from %', wanted USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT FROM compliance_removal r
                    WHERE r.id = removal AND r.tenant_id = tenant AND r.xid = pg_current_xact_id()
                      AND r.records = cardinality(numbers)) THEN
        RAISE EXCEPTION 'this removal is not on record' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT a.atttypid INTO kind FROM pg_attribute a WHERE a.attrelid = wanted::regclass AND a.attname = key;
    PERFORM set_config('suyuan.removing', wanted, true);
    EXECUTE format('DELETE FROM %I WHERE tenant_id = $1 AND %I = ANY ($2::%s[])', wanted, key, kind) USING tenant, numbers;
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM set_config('suyuan.removing', '', true);
    RETURN gone;
END
$$;

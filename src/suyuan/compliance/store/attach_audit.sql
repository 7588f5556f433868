-- A past that is brought from elsewhere (suyuan tenant import) brings its own records of who did what; only the owner can
-- bring one, and what the application does is on record whatever it sets.
-- Every table of a tenant whose comment does not say append-only, read-only or derived is audited; see secure_tables.sql.
DO $attach$
DECLARE
    t record;
BEGIN
    FOR t IN
        SELECT c.relname
          FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
         WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
           AND coalesce(obj_description(c.oid, 'pg_class'), '') !~ '^(append-only|read-only|derived)'
    LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS audit_row ON %I', t.relname);
        EXECUTE format(
            'CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON %I '
            'FOR EACH ROW WHEN (session_user <> %L OR current_setting(''suyuan.importing'', true) IS DISTINCT FROM ''on'') '
            'EXECUTE FUNCTION compliance_audit_row()', t.relname, session_user);
    END LOOP;
END
$attach$;

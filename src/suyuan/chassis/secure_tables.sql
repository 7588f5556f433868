-- Run after every migration, as owner. What each table is, is said by the first word of its comment, and its protection
-- follows from that, so that no table can be forgotten.
--   (no word)      rows of a tenant: row-level security, audit trail
--   append-only    rows of a tenant that are never changed: no UPDATE, DELETE or TRUNCATE for the application
--   read-only      rows of a tenant that only functions of the owner write
--   derived        rows of a tenant that can be made anew: row-level security, no audit trail
--   global         no tenant's: readable; written where the comment starts with "global, written"
DO $secure$
DECLARE
    app text := current_setting('suyuan.app_role');
    t record;
    word text;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', app);
    EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO %I', app);
    FOR t IN
        SELECT c.relname, coalesce(obj_description(c.oid, 'pg_class'), '') AS said,
               EXISTS (SELECT FROM pg_attribute a
                        WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped) AS of_tenant
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
    LOOP
        word := split_part(split_part(t.said, ':', 1), ',', 1);
        EXECUTE format('REVOKE ALL ON %I FROM %I', t.relname, app);
        IF t.of_tenant THEN
            EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.relname);
            EXECUTE format('DROP POLICY IF EXISTS tenant_isolation ON %I', t.relname);
            EXECUTE format(
                'CREATE POLICY tenant_isolation ON %I USING '
                '(tenant_id = (SELECT nullif(current_setting(%L, true), %L)::bigint))',
                t.relname, 'suyuan.tenant', '');
            EXECUTE format('GRANT %s ON %I TO %I',
                CASE word WHEN 'append-only' THEN 'SELECT, INSERT'
                          WHEN 'read-only' THEN 'SELECT'
                          ELSE 'SELECT, INSERT, UPDATE, DELETE' END, t.relname, app);
        ELSIF t.relname LIKE 'procrastinate\_%' OR t.relname = 'django_session' OR t.said LIKE 'global, written%' THEN
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO %I', t.relname, app);
        ELSE
            EXECUTE format('GRANT SELECT ON %I TO %I', t.relname, app);
        END IF;
    END LOOP;
END
$secure$;

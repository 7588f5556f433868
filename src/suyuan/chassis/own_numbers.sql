-- A tenant's numbers are its own (ADR-0030): no key of a tenant's rows is one key for all tenants, so that a tenant who is
-- brought from elsewhere keeps every number it has. Run by a migration, and after every migration for tables that were made
-- since: each primary key without the tenant gets it as its last column, and so does each foreign key that points there.
DO $own$
DECLARE
    t record;
    f record;
BEGIN
    CREATE TEMP TABLE own_numbers ON COMMIT DROP AS
        SELECT i.indrelid AS table_id, k.conname AS name, k.conkey AS columns
          FROM pg_index i
          JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype = 'p'
          JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = 'public'::regnamespace AND NOT c.relispartition
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
         WHERE i.indisprimary AND a.attnum <> ALL (k.conkey);
    CREATE TEMP TABLE own_references ON COMMIT DROP AS
        SELECT k.conrelid AS table_id, k.conname AS name, k.confrelid AS target,
               k.condeferrable AS deferrable, k.condeferred AS deferred,
               CASE k.confdeltype WHEN 'c' THEN ' ON DELETE CASCADE' WHEN 'r' THEN ' ON DELETE RESTRICT' WHEN 'a' THEN '' END
                   AS on_delete,
               (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY n.place)
                  FROM unnest(k.conkey) WITH ORDINALITY AS n (number, place)
                  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = n.number) AS columns,
               (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY n.place)
                  FROM unnest(k.confkey) WITH ORDINALITY AS n (number, place)
                  JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = n.number) AS targets
          FROM pg_constraint k
          JOIN own_numbers o ON o.table_id = k.confrelid AND o.columns @> k.confkey AND o.columns <@ k.confkey
         WHERE k.contype = 'f';
    FOR f IN SELECT * FROM own_references LOOP
        IF f.on_delete IS NULL THEN
            RAISE EXCEPTION 'say in own_numbers.sql what % does when its target goes', f.name;
        END IF;
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', f.table_id::regclass, f.name);
    END LOOP;
    FOR t IN SELECT o.*, (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY n.place)
                            FROM unnest(o.columns) WITH ORDINALITY AS n (number, place)
                            JOIN pg_attribute a ON a.attrelid = o.table_id AND a.attnum = n.number) AS listed
               FROM own_numbers o
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I, ADD CONSTRAINT %I PRIMARY KEY (%s, tenant_id)',
                       t.table_id::regclass, t.name, t.name, t.listed);
    END LOOP;
    FOR f IN SELECT * FROM own_references LOOP
        EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I FOREIGN KEY (%s, tenant_id) REFERENCES %s (%s, tenant_id)%s%s%s',
                       f.table_id::regclass, f.name, f.columns, f.target::regclass, f.targets, f.on_delete,
                       CASE WHEN f.deferrable THEN ' DEFERRABLE' ELSE '' END,
                       CASE WHEN f.deferred THEN ' INITIALLY DEFERRED' ELSE '' END);
    END LOOP;
    DROP TABLE own_numbers, own_references;
END
$own$;

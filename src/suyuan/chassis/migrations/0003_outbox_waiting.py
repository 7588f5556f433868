"""Which tenants have something waiting is told by the index, however many delivered messages are still kept."""

from django.db import migrations

SQL = """
-- From one tenant to the next by the primary key; of each, only what lies behind its reader's position is looked at.
CREATE OR REPLACE FUNCTION chassis_outbox_tenants(reader text, wanted text) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH RECURSIVE t (tenant_id) AS (
        SELECT min(o.tenant_id) FROM chassis_outbox o
        UNION ALL
        SELECT (SELECT min(o.tenant_id) FROM chassis_outbox o WHERE o.tenant_id > t.tenant_id)
          FROM t
         WHERE t.tenant_id IS NOT NULL
    ), p AS (
        SELECT t.tenant_id,
               coalesce((SELECT q.xid FROM chassis_outbox_position q
                          WHERE q.tenant_id = t.tenant_id AND q.subscriber = reader), '0'::xid8) AS xid,
               coalesce((SELECT q.id FROM chassis_outbox_position q
                          WHERE q.tenant_id = t.tenant_id AND q.subscriber = reader), 0) AS id
          FROM t
         WHERE t.tenant_id IS NOT NULL
        OFFSET 0
    )
    SELECT p.tenant_id
      FROM p
     WHERE (SELECT true
              FROM chassis_outbox o
             WHERE o.tenant_id = p.tenant_id AND o.topic = wanted
               AND (o.xid, o.id) > (p.xid, p.id)
               AND o.xid < pg_snapshot_xmin(pg_current_snapshot())
             LIMIT 1)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("chassis", "0002_outbox_prune")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

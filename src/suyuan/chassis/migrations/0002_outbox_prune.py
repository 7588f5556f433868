"""Delivered messages are forgotten after a week."""

from django.db import migrations

SQL = """
ALTER TABLE chassis_outbox_position ADD COLUMN topic text NOT NULL DEFAULT '';
CREATE FUNCTION chassis_outbox_prune() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH gone AS (
        DELETE FROM chassis_outbox o
         WHERE o.made < clock_timestamp() - interval '7 days'
           AND NOT EXISTS (
                SELECT FROM chassis_outbox_position p
                 WHERE p.tenant_id = o.tenant_id AND p.topic = o.topic AND (p.xid, p.id) < (o.xid, o.id))
           AND EXISTS (SELECT FROM chassis_outbox_position p WHERE p.tenant_id = o.tenant_id AND p.topic = o.topic)
        RETURNING 1)
    SELECT count(*) FROM gone
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("chassis", "0001_outbox")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

"""The durable outbox and its readers' positions."""

from django.db import migrations

SQL = """
CREATE TABLE chassis_outbox (
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    id bigint GENERATED ALWAYS AS IDENTITY,
    tenant_id bigint NOT NULL,
    topic text NOT NULL,
    payload jsonb NOT NULL,
    made timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, topic, xid, id)
);
COMMENT ON TABLE chassis_outbox IS 'append-only: messages that left a transaction';
CREATE TABLE chassis_outbox_position (
    tenant_id bigint NOT NULL,
    subscriber text NOT NULL,
    xid xid8 NOT NULL DEFAULT '0',
    id bigint NOT NULL DEFAULT 0,
    moved timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, subscriber)
);
COMMENT ON TABLE chassis_outbox_position IS 'derived: how far each subscriber has read';
-- Tells a worker which tenants have something waiting, and nothing else, across row-level security.
CREATE FUNCTION chassis_outbox_tenants(reader text, wanted text) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.tenant_id
      FROM (SELECT DISTINCT tenant_id FROM chassis_outbox WHERE topic = wanted) t
      LEFT JOIN chassis_outbox_position p ON p.tenant_id = t.tenant_id AND p.subscriber = reader
     WHERE EXISTS (
        SELECT FROM chassis_outbox o
         WHERE o.tenant_id = t.tenant_id AND o.topic = wanted
           AND o.xid < pg_snapshot_xmin(pg_current_snapshot())
           AND (o.xid, o.id) > (coalesce(p.xid, '0'::xid8), coalesce(p.id, 0)))
$$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

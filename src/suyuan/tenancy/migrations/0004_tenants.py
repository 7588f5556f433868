"""Tells the worker which tenants there are, and nothing else, across row-level security."""

from django.db import migrations

SQL = """
CREATE FUNCTION tenancy_tenants() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT id FROM tenancy_tenant ORDER BY id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0003_site_evidence")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

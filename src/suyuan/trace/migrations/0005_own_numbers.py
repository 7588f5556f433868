"""A tenant's numbers are its own: every key of a tenant's rows gets the tenant as its last column (ADR-0030).

It stands here because every module's tables may point at the ledger's: all that there were before are changed at once. A
table that is made later, and points at one of these, names the tenant too:
``FOREIGN KEY (site_id, tenant_id) REFERENCES tenancy_site (id, tenant_id)``, in a migration that depends on this one.
"""

from django.db import migrations

from suyuan.chassis.database import named_sql

SQL = named_sql("suyuan.chassis", "own_numbers.sql")


class Migration(migrations.Migration):
    dependencies = [
        ("trace", "0004_orders"),
        ("analytics", "0001_read_models"),
        ("capture", "0006_attachments"),
        ("coding", "0005_filed_pdf"),
        ("compliance", "0010_retention_more"),
        ("designer", "0001_definitions"),
        ("integration", "0001_capture"),
        ("portal", "0002_visits"),
        ("production", "0006_instructions_where"),
        ("tenancy", "0011_own_numbers"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

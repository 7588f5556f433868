"""Which products are public, and the one question a visitor may ask."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "public_products.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    initial = True
    dependencies = [("tenancy", "0002_before_tenant"), ("trace", "0001_ledger")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

"""Functions that answer before a tenant is known, and the lock-out's record."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "before_tenant.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

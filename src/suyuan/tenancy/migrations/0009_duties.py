"""Separation of duties, and the longest that a session lasts."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "duties.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0008_providers")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

"""Capture jobs."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "epcis" / "capture_tables.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    initial = True
    dependencies = [("trace", "0001_ledger")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

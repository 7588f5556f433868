"""Readings, what was decided about refused ones, and corrections."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "readings.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0001_initial"), ("trace", "0003_sealing")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

"""Imports of spreadsheets."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "imports.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("capture", "0001_readings")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

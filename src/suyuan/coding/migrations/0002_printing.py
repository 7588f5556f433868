"""Printers, print jobs, and what stood on each label."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "labels" / "printing.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("coding", "0001_issuing")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

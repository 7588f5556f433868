"""Letting events of documents pass."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "epcis" / "passes.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("integration", "0001_capture"), ("trace", "0005_own_numbers")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

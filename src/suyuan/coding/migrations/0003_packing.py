"""Packing specifications."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "binding.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("coding", "0002_printing")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

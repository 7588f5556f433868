"""Issuing stops where a database came back without its marks."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "guard.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("coding", "0003_packing")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

"""Confirmations that work instructions were read."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "instructions.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("production", "0003_andon")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

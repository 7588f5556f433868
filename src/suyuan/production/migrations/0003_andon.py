"""Andon calls."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "andon.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("production", "0002_live"), ("capture", "0005_notices")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

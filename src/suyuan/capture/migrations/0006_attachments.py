"""Attachments of entries."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "attachments.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("capture", "0005_notices")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

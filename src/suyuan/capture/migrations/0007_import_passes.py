"""Letting rows of imports pass."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "import_passes.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("capture", "0006_attachments"), ("trace", "0005_own_numbers")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

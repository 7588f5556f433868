"""What actions of trace nodes do, and messages."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "actions.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("capture", "0002_imports")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

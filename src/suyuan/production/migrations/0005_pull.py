"""Stock at the line, and calls for material."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "stock.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("production", "0004_instructions")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

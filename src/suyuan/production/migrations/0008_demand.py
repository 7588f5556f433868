"""Sales demand, and the work orders that cover it."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "demand.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("production", "0007_flow"), ("trace", "0005_own_numbers")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

"""Finished goods that are promised to sales demand."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "demand_stock.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("production", "0008_demand")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

"""Lookups of consumer pages, counted over all workers."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "visits.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_public_products")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

"""Signing in at a station by badge and PIN."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "badges.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0005_security")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

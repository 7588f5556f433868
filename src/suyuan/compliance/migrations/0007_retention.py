"""Retention, legal holds, and what was removed."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "retention.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("compliance", "0006_transfers"), ("tenancy", "0005_security")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

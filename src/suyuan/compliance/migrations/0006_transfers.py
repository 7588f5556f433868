"""Exports of a whole tenant, and where a tenant came from."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "transfers.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("compliance", "0005_signatures")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

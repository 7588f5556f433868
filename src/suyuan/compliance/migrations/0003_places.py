"""Verifications, and the places outside where checkpoints go."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "places.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("compliance", "0002_log")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

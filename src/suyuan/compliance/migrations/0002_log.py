"""The tamper-evident log, its keys and its checkpoints."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "log.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("compliance", "0001_audit"), ("tenancy", "0002_before_tenant")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

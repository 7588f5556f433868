"""The audit trail names somebody for every change, also where requests are worked off together."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "audit_names_somebody.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("compliance", "0007_retention")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

"""Security alerts, and jumps of the clock."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "alerts.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("compliance", "0008_audit_names_somebody"), ("tenancy", "0010_mail")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

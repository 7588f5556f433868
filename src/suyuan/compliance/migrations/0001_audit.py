"""The audit trail and the trigger that writes it."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "audit.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

"""What scopes are asked by, and the record of what was exported."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "scope_parties.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("trace", "0001_ledger")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

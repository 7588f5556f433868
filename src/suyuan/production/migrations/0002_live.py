"""Read models of production, fed from the outbox."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "live.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("production", "0001_model"), ("trace", "0001_ledger")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

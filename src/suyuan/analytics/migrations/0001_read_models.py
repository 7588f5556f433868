"""Read models of the home page, fed from the outbox."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "read_models.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    initial = True
    dependencies = [("trace", "0001_ledger")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

"""Plant model, work orders, levels of checks."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "model.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    initial = True
    dependencies = [("tenancy", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

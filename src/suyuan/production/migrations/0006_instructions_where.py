"""Where and when work instructions were confirmed."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "instructions_where.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("production", "0005_pull")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

"""Rules may be made for mail, alerts and actions, too."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "retention_more.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("compliance", "0009_alerts")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

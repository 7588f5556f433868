"""Mail to people, and which of it each of them wants."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "mail.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0009_duties")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

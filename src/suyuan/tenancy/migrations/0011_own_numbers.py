"""Finds a token's last use by its tenant, too: another tenant's token may have its number."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "own_numbers.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0010_mail")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

"""Passkeys, challenges that were answered, and by which means people sign in."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "passkeys.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0006_badges")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

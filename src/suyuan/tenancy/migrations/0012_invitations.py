"""Invitations, by which people choose a password of their own; it points at people, whose keys name the tenant by then."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "invitations.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0011_own_numbers"), ("trace", "0005_own_numbers")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

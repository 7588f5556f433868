"""Feedback from the screen."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "feedback.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_visits"), ("tenancy", "0011_own_numbers")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

"""A rule may be made for what is attached to entries, too."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "retention_attachments.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("compliance", "0011_arrivals")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

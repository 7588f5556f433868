"""Rights by field: every role and token that opens anything keeps seeing what it saw."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "fields.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0012_invitations")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

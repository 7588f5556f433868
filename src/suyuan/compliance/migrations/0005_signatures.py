"""Electronic signatures, and approvals by a second person."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "signatures.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("compliance", "0004_reviews")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

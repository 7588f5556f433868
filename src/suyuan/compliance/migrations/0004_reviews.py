"""Reviews of the audit trail; keys are audited."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "reviews.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("compliance", "0003_places")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

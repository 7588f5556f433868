"""PDFs of labels are on record like prints: jobs without a printer."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "store" / "labels" / "filed_pdf.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("coding", "0004_guard")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

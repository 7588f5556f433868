"""How operations went, counted: the board reads it instead of counting passages."""

from pathlib import Path

from django.db import migrations

STORE = Path(__file__).parent.parent / "store"
SQL = [(STORE / name).read_text(encoding="utf-8") for name in ("flow.sql", "flow_backfill.sql")]


class Migration(migrations.Migration):
    dependencies = [("production", "0006_instructions_where")]
    operations = [migrations.RunSQL(text, migrations.RunSQL.noop) for text in SQL]

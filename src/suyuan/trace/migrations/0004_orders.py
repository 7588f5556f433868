"""Events by the order they were made on."""

from django.db import migrations

SQL = (
    "CREATE INDEX trace_event_order ON trace_event (tenant_id, work_order, event_time, number)"
    " WHERE work_order IS NOT NULL"
)


class Migration(migrations.Migration):
    dependencies = [("trace", "0003_sealing")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

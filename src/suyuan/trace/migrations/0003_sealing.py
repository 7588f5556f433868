"""The hash of an event's row and participations, for the tamper-evident log; events from before have none."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("trace", "0002_scope"), ("compliance", "0002_log")]
    operations = [migrations.RunSQL("ALTER TABLE trace_event ADD COLUMN record_hash bytea", migrations.RunSQL.noop)]

"""What a site says of its records: how exact its clocks are, how late it books, whether an emptied container is clean."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0002_before_tenant")]
    operations = [
        migrations.AddField("site", "clock_tolerance_ms", models.IntegerField(default=0, db_default=0)),
        migrations.AddField("site", "latest_booking_minutes", models.IntegerField(default=1440, db_default=1440)),
        migrations.AddField("site", "emptied_is_clean", models.BooleanField(default=False, db_default=False)),
    ]

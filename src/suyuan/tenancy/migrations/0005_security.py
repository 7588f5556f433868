"""Second factors, open sessions, sign-ins, and each tenant's policy for all of it."""

from pathlib import Path

from django.db import migrations, models
from django.db.models.functions import Now

SQL = (Path(__file__).parent.parent / "store" / "security.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0004_tenants")]
    operations = [
        migrations.AddField("user", "must_change_password", models.BooleanField(default=False, db_default=False)),
        migrations.AddField("user", "password_changed", models.DateTimeField(db_default=Now())),
        migrations.AddField("user", "sessions_ended", models.DateTimeField(null=True)),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]

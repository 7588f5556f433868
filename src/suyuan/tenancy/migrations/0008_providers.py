"""Signing in by the company's own service (OpenID Connect)."""

from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).parent.parent / "store" / "providers.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0007_passkeys")]
    operations = [
        migrations.RunSQL(
            SQL,
            migrations.RunSQL.noop,
            state_operations=[migrations.AddField("user", "mail", models.TextField(null=True))],
        ),
    ]

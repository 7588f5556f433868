"""An arrival tells the number that the tenant had elsewhere, and which logins had to be others here."""

from django.db import migrations

SQL = "ALTER TABLE compliance_arrival ADD COLUMN number_there bigint, ADD COLUMN renamed jsonb NOT NULL DEFAULT '{}'"


class Migration(migrations.Migration):
    dependencies = [("compliance", "0010_retention_more")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

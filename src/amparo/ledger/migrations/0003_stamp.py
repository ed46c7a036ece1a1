"""Entries get a stamp. Nullable and without a default, so that the table and the triggers on it stay as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the column."""

    dependencies = [("ledger", "0002_append_only")]
    operations = [migrations.AddField("entry", "stamp", models.BinaryField(null=True))]

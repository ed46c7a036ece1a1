"""Entries get a stamp. Nullable and without a default, so that the table and the triggers on it stay as they are."""

from importlib import import_module
from typing import Any

from django.db import migrations, models

from amparo.ledger import signing

guards = import_module("amparo.ledger.migrations.0002_append_only")


def stamp(apps: Any, schema_editor: Any) -> None:
    """Stamp what was written before there were stamps; what those entries say is held by their checkpoints."""
    entry = apps.get_model("ledger", "Entry")
    if not entry.objects.exists():
        return
    stamped = signing.stamps()
    guards.unguard(apps, schema_editor)
    for seq, digest in entry.objects.values_list("seq", "digest").iterator():
        entry.objects.filter(seq=seq).update(stamp=stamped(digest))
    guards.guard(apps, schema_editor)


class Migration(migrations.Migration):
    """Adds the column and fills it."""

    dependencies = [("ledger", "0002_append_only")]
    operations = [
        migrations.AddField("entry", "stamp", models.BinaryField(null=True)),
        migrations.RunPython(stamp, migrations.RunPython.noop, elidable=False),
    ]

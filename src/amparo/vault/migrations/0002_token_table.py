"""Blind tokens in a table that is nothing but its key, and beside it the tokens of each owner in one row."""

import itertools
from typing import Any

from django.db import migrations, models

_OLD, _KEPT = "vault_blindtoken", "vault_blindtoken_numbered"


def put_aside(apps: Any, schema_editor: Any) -> None:
    """Keep the numbered table under another name until its rows are in the new one."""
    schema_editor.execute(f"ALTER TABLE {_OLD} RENAME TO {_KEPT}")


def make(apps: Any, schema_editor: Any) -> None:
    """Make both tables. SQLite keeps each in one tree only if told so, which Django has no word for."""
    for name in ("BlindToken", "OwnerTokens"):
        statement, parameters = schema_editor.table_sql(apps.get_model("vault", name))
        ending = " WITHOUT ROWID" if schema_editor.connection.vendor == "sqlite" else ""
        schema_editor.execute(statement + ending, parameters)


def move(apps: Any, schema_editor: Any) -> None:
    """Put every token where it now belongs, owner by owner, and drop the numbered table."""
    schema_editor.execute(
        f"INSERT INTO {_OLD} (token, owner) SELECT DISTINCT token, owner FROM {_KEPT} ORDER BY token, owner"  # noqa: S608
    )
    packed = apps.get_model("vault", "OwnerTokens").objects.using(schema_editor.connection.alias)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT owner, token FROM {_KEPT} ORDER BY owner, token")  # noqa: S608
        held = itertools.groupby(cursor.fetchall(), key=lambda row: row[0])
    packed.bulk_create(
        (packed.model(owner=owner, packed=b"".join(bytes(token) for _, token in own)) for owner, own in held),
        batch_size=400,
    )
    schema_editor.execute(f"DROP TABLE {_KEPT}")


class Migration(migrations.Migration):
    """Moves the blind tokens."""

    dependencies = [("vault", "0001_initial")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(put_aside)],
            state_operations=[
                migrations.DeleteModel("BlindToken"),
                migrations.CreateModel(
                    name="BlindToken",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "token", "owner", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("token", models.BinaryField(max_length=12)),
                        ("owner", models.UUIDField()),
                    ],
                ),
                migrations.CreateModel(
                    name="OwnerTokens",
                    fields=[
                        ("owner", models.UUIDField(primary_key=True, serialize=False)),
                        ("packed", models.BinaryField()),
                    ],
                ),
            ],
        ),
        migrations.RunPython(make),
        migrations.RunPython(move),
    ]

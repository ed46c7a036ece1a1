"""Triggers that refuse to change or delete what the ledger holds, in SQLite and in PostgreSQL."""

from typing import Any

from django.db import migrations

TABLES = ("ledger_entry", "ledger_entrysubject", "ledger_node")
ACTS = ("UPDATE", "DELETE")


def guard(apps: Any, schema_editor: Any) -> None:
    """Put one trigger per table and kind of statement in place."""
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
        )
    for table in TABLES:
        for act in ACTS:
            schema_editor.execute(_statement(vendor, table, act))


def _statement(vendor: str, table: str, act: str) -> str:
    name = f"ledger_append_only_{table}_{act.lower()}"
    if vendor == "postgresql":
        return f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
    return f"CREATE TRIGGER {name} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"


def unguard(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away again."""
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        for act in ACTS:
            name = f"ledger_append_only_{table}_{act.lower()}"
            schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if vendor == "postgresql" else ""))
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION ledger_refuse()")


class Migration(migrations.Migration):
    """Guards the ledger's tables."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard, elidable=False)]

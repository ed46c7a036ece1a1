"""PostgreSQL empties a table without asking the triggers on its rows; it is refused by one on the statement.

SQLite has no such statement. A table that holds nothing may be emptied: tests clean up so, and nothing is lost by it.
"""

from typing import Any

from django.db import migrations

TABLES = ("ledger_entry", "ledger_entrysubject", "ledger_node")


def guard(apps: Any, schema_editor: Any) -> None:
    """Put one trigger per table in place."""
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(
        "CREATE FUNCTION ledger_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE holds_something boolean; BEGIN "
        "EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.%I)', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO holds_something; "
        "IF holds_something THEN RAISE EXCEPTION 'the ledger is append-only'; END IF; RETURN NULL; END $$",
        params=None,  # Its signs of per cent are no places for values.
    )
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER ledger_append_only_{table}_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_truncate()"
        )


def unguard(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away again."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER ledger_append_only_{table}_truncate ON {table}")
    schema_editor.execute("DROP FUNCTION ledger_refuse_truncate()")


class Migration(migrations.Migration):
    """Guards the ledger's tables against being emptied."""

    dependencies = [("ledger", "0003_stamp")]
    operations = [migrations.RunPython(guard, unguard, elidable=False)]

"""What an installation's databases hold at this moment, as a manifest tells it."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from amparo.ledger import signing, tree
from amparo.vault import apart
from amparo.vault.backups.manifest import DATABASES, Manifest


def now() -> Manifest:
    """The databases as they are seen inside the caller's transactions."""
    size = tree.size()
    return Manifest(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        vendor=vendor(),
        counts={part: counts(alias) for part, alias in DATABASES.items()},
        migrations={part: _applied(alias) for part, alias in DATABASES.items()},
        entries=size,
        root=tree.root(size).hex(),
        ledger_key=signing.public_key(),
    )


def vendor() -> str:
    """The kind of database that this installation uses."""
    return connections["default"].vendor


def counts(alias: str) -> dict[str, int]:
    """The rows of every table of a database."""
    connection, found = connections[alias], {}
    with apart.entered() if alias == "vault" else nullcontext(), connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = int(cursor.fetchone()[0])
    return found


def is_newer_than_program(told: Manifest) -> bool:
    """Whether the backup has changes of tables that this version does not know."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    return any(not known.issuperset(applied) for applied in told.migrations.values())


def _applied(alias: str) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connections[alias]).applied_migrations())

"""Keys are not destroyed under the hands of whoever is sealing with them.

SQLite lets one process write at a time, so a key that was read inside a transaction is there until its end. PostgreSQL
would let one go on with a key that another destroys: there whoever seals holds a shared lock until the transaction
ends, and whoever destroys needs it alone.
"""

from __future__ import annotations

from django.db import connections

# Any number will do as long as nobody else in the vault's database uses it for an advisory lock.
_LOCK = 4_206_918


def use_keys() -> None:
    """Keep every key that is read from now on until the vault's transaction ends."""
    connection = connections["vault"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_LOCK])


def alone() -> bool:
    """Whether nobody is sealing, and nobody begins to until the vault's transaction ends. Never waits."""
    connection = connections["vault"]
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])

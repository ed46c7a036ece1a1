"""Drills: which backups were written here, what came of trying one out, and when the last one held."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django.db import DatabaseError, connections, transaction

from amparo.kernel.errors import Invalid
from amparo.ledger import actions as ledger
from amparo.ledger import queries as written
from amparo.vault.backups.manifest import DATABASES
from amparo.vault.backups.writing import WRITTEN

DRILLED = "backup.drill"
OVERDUE = timedelta(days=35)
"""After how long without a drill that held somebody is told."""


def note(
    *,
    author: ledger.Author,
    digest: str,
    found: Mapping[str, object],
    seconds: float,
    passed: bool,
    at: datetime,
) -> None:
    """Write down what came of a drill."""
    told = {name: found[name] for name in ("made_at", "entries", "rows", "opened", "faults") if name in found}
    with transaction.atomic():
        detail = {**told, "sha256": digest, "passed": passed, "seconds": round(seconds)}
        ledger.record(author=author, act=DRILLED, at=at, purpose="security", basis="role", detail=detail)


def last_passed() -> datetime | None:
    """When the last drill that held was; ``None`` where there was none."""
    drills = (entry for entry in written.of_act(DRILLED) if entry.detail.get("passed"))
    entry = next(drills, None)
    return entry.at if entry else None


def is_overdue(last: datetime | None, at: datetime) -> bool:
    """Whether the last drill that held is too long ago, or there was none."""
    return last is None or at - last > OVERDUE


def was_written_here(digest: str) -> bool:
    """Whether the ledger knows a backup of this SHA-256: whoever has the public key can seal a file of her own."""
    return any(entry.detail.get("sha256") == digest for entry in written.of_act(WRITTEN))


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """The addresses of two empty PostgreSQL databases beside the live ones, by part, dropped at the end.

    None where SQLite is used. Raises ``Invalid`` where the accounts of the databases may not make any.
    """
    made: dict[str, str] = {}
    try:
        for part, alias in DATABASES.items():
            if connections[alias].vendor == "postgresql":
                name = f"amparo_drill_{secrets.token_hex(6)}"
                _run(alias, "CREATE DATABASE", name)
                made[part] = name
        yield {part: _address(connections[DATABASES[part]].settings_dict, name) for part, name in made.items()}
    except DatabaseError as error:
        raise Invalid("backup.no_room_to_drill") from error
    finally:
        for part, name in made.items():
            _run(DATABASES[part], "DROP DATABASE", name)


def _run(alias: str, words: str, name: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"{words} {connections[alias].ops.quote_name(name)}")


def _address(told: Mapping[str, Any], name: str) -> str:
    """The address of another database on the same server, with the same account."""
    host, secret = str(told["HOST"]), f":{quote(told['PASSWORD'], safe='')}" if told["PASSWORD"] else ""
    asked = dict(told.get("OPTIONS", {}))
    if host.startswith("/"):
        asked, host = {**asked, "host": host}, ""
    place = f"[{host}]" if ":" in host else host
    port = f":{told['PORT']}" if told["PORT"] else ""
    known = {key: asked[key] for key in ("host", "sslmode", "sslrootcert") if key in asked}
    return f"postgresql://{quote(told['USER'], safe='')}{secret}@{place}{port}/{name}?{urlencode(known)}"

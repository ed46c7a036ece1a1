"""What a backup says of itself: of when it is, what it counts, where the ledger stood, which tables it needs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from amparo.kernel.errors import Invalid

DATABASES = {"cases": "default", "vault": "vault"}
"""Which of Django's databases each part holds, in the order in which they are copied."""
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """``counts`` are rows by database and table, ``migrations`` those applied, ``entries`` and ``root`` the ledger's
    head, ``ledger_key`` the public key its checkpoints are checked with.
    """

    made_at: str
    vendor: str
    counts: Mapping[str, Mapping[str, int]]
    migrations: Mapping[str, list[str]]
    entries: int
    root: str
    ledger_key: str

    def to_bytes(self) -> bytes:
        """As JSON."""
        return json.dumps({"version": _VERSION, **asdict(self)}, sort_keys=True).encode("ascii")

    def rows(self) -> int:
        """Rows of all tables."""
        return sum(sum(tables.values()) for tables in self.counts.values())

    def made(self) -> datetime:
        """The moment as a time."""
        return datetime.fromisoformat(self.made_at)


def from_bytes(data: bytes) -> Manifest:
    """The manifest again; raises ``Invalid`` for another version and for what is none."""
    try:
        told = json.loads(data)
        version = told.pop("version")
        if version == _VERSION:
            found = Manifest(**told)
            found.made(), found.rows(), found.migrations.items()
            return found
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Invalid("backup.damaged") from error
    raise Invalid("backup.unknown_version")

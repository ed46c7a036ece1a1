"""Reading a backup: all of it is verified before anything is written, and it goes only where there is nothing."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.db import connections

from amparo.kernel.errors import AmparoError, Conflict, Invalid
from amparo.ledger import checkpoints, signing, tree, verification
from amparo.vault import apart, queries
from amparo.vault.backups import databases, facts, parts
from amparo.vault.backups.manifest import DATABASES, Manifest
from amparo.vault.backups.stream import opened
from amparo.vault.backups.verifying import KEYS
from amparo.vault.models import SealedKey

_SAMPLE = 1000
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Checked:
    """What a restored place was found to be: names of what is wrong, and how many sealed values were opened.

    ``opened`` is ``None`` where the root key is not there, so that nothing could be.
    """

    faults: tuple[str, ...]
    opened: int | None


def restore(file: BinaryIO, key: X25519PrivateKey, told: Manifest) -> None:
    """Put a verified backup into the installation of the settings, which is empty.

    Raises ``Invalid`` where the backup is of another kind of database or of a newer version, and ``Conflict`` where
    something is there or the ledger's key there is another one. What was begun is taken away again.
    """
    if told.vendor != facts.vendor():
        raise Invalid("backup.another_database", kind=told.vendor)
    if facts.is_newer_than_program(told):
        raise Invalid("backup.newer")
    if signing.file().exists() and signing.public_key() != told.ledger_key:
        raise Conflict("backup.another_ledger_key")
    databases.refuse_unless_empty()
    place = Path(settings.DATA)
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o700)
    folder = Path(tempfile.mkdtemp(prefix=databases.PREFIX, dir=place))
    try:
        file.seek(0)
        for name, pieces in parts.read(opened(file, key)):
            _take(name, pieces, folder)
    except BaseException:
        databases.drop_filled()
        raise
    else:
        _settle(folder, place)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def counted(told: Manifest) -> tuple[str, ...]:
    """What is wrong with the numbers of rows; asked before the tables are brought to a newer version."""
    return tuple(f"counts.{part}" for part, alias in DATABASES.items() if facts.counts(alias) != told.counts[part])


def check(told: Manifest) -> Checked:
    """Compare the ledger with the manifest, recompute it, and open a sample of sealed values where that can be done."""
    faults = []
    size = tree.size()
    if (size, tree.root(size).hex()) != (told.entries, told.root):
        faults.append("head")
    if verification.verify().fault is not None:
        faults.append("ledger")
    try:
        found = _open_some() if root_key_is_there() else None
    except AmparoError:
        faults.append("sealed")
        found = 0
    return Checked(tuple(faults), found)


def root_key_is_there() -> bool:
    """Whether this place has a root key, without making one."""
    named = any(os.environ.get(f"AMPARO_{name}") for name in ("KEY_PROVIDER", "ROOT_KEY", "ROOT_KEY_FILE"))
    return named or (Path(settings.DATA) / KEYS / "root.key").exists()


def _open_some() -> int:
    """Open sealed values of up to a thousand owners, chosen at random; raises where one does not open."""
    wanted: dict[str, list[UUID]] = {}
    for tables in apart.holding():
        with tables.entered():
            for owner, compartment in _some_of(tables.keys):
                wanted.setdefault(compartment, []).append(owner)
    return sum(len(queries.open_many(owners, compartment)) for compartment, owners in wanted.items())


def _some_of(table: type[SealedKey]) -> Iterator[tuple[UUID, str]]:
    ids = list(table._default_manager.order_by("pk").values_list("pk", flat=True))
    chosen = sorted(random.SystemRandom().sample(ids, min(len(ids), _SAMPLE)))
    for start in range(0, len(chosen), _AT_ONCE):
        some = table._default_manager.filter(pk__in=chosen[start : start + _AT_ONCE])
        yield from some.values_list("owner", "compartment")


def _take(name: str, pieces: Iterator[bytes], folder: Path) -> None:
    """Put one part where it belongs; everything but PostgreSQL's tables waits in the folder until all is there."""
    if name in DATABASES:
        databases.fill(name, pieces, folder)
    elif name != parts.MANIFEST:
        target = folder / {parts.CHECKPOINTS: "ledger/checkpoints.jsonl"}.get(name, name)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        databases.save(target, pieces)


def _settle(folder: Path, place: Path) -> None:
    """Move everything into its place."""
    # Whoever has the ledger's key may have put it there before, and it is this one (see ``restore``).
    if not signing.file().exists():
        signing.put((folder / parts.LEDGER_KEY).read_bytes())
    (folder / parts.LEDGER_KEY).unlink()
    kept = folder / "ledger" / "checkpoints.jsonl"
    checkpoints.file().parent.mkdir(parents=True, exist_ok=True)
    os.replace(kept, checkpoints.file())
    kept.parent.rmdir()
    for found in list(folder.iterdir()):
        os.replace(found, place / found.name)
    for connection in connections.all(initialized_only=True):
        connection.close()

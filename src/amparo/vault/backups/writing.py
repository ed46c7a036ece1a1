"""Writing a backup: sealed as it is read, under its name only once all of it is on the disk."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from django.conf import settings
from django.db import transaction

from amparo.kernel.errors import Conflict, Invalid
from amparo.ledger import actions as ledger
from amparo.ledger import checkpoints, signing
from amparo.ledger import queries as written
from amparo.vault.backups import databases, parts
from amparo.vault.backups.databases import Progress
from amparo.vault.backups.manifest import Manifest
from amparo.vault.backups.stream import Sealer

SUFFIX = ".amparo-backup"
WRITTEN = "backup.write"
_PIECE = 1024 * 1024
_TOLD_EVERY = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Written:
    """A backup that is on the disk: its file, the SHA-256 of that, its bytes, the seconds it took, what is in it."""

    file: Path
    sha256: str
    size: int
    seconds: float
    told: Manifest


def write(*, author: ledger.Author, folder: Path, key: X25519PublicKey, at: datetime, progress: Progress) -> Written:
    """Write a backup into a folder; its name is the moment and nothing else. The ledger gets its digest.

    Raises ``Invalid`` where the folder cannot be written to or one of PostgreSQL's programs fails, and ``Conflict``
    where a backup of this very second is there.
    """
    started = time.monotonic()
    databases.remove_left_behind()
    file = folder / f"{at:%Y%m%dT%H%M%SZ}{SUFFIX}"
    unfinished = file.with_name(f"{file.name}.part")
    if file.exists():
        raise Conflict("backup.name_taken")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            try:
                digest, told = _written(out, key, progress)
                os.replace(unfinished, file)
            finally:
                unfinished.unlink(missing_ok=True)
        _settle(folder)
    except OSError as error:
        raise Invalid("backup.not_written", why=error.strerror or type(error).__name__) from error
    size = file.stat().st_size
    with transaction.atomic():
        detail = {"sha256": digest, "bytes": size, "entries": told.entries}
        ledger.record(author=author, act=WRITTEN, at=at, purpose="security", basis="role", detail=detail)
    return Written(file, digest, size, time.monotonic() - started, told)


def has_changed() -> bool:
    """Whether anything but backups was noted in the ledger since the last one; nothing is done here without a note."""
    last = next(written.of_act(WRITTEN), None)
    return last is None or written.is_any_since(last.seq, besides="backup.")


def sealed_files() -> Iterator[tuple[str, Path]]:
    """The files as they were handed in, sealed already, by the names of their parts and in order."""
    root = Path(settings.DATA)
    for path in sorted((root / "files").glob("??/*.sealed")):
        yield path.relative_to(root).as_posix(), path


def _written(out: BinaryIO, key: X25519PublicKey, progress: Progress) -> tuple[str, Manifest]:
    counting = _Counting(out, progress)
    sealer = Sealer(counting, key)
    # Before the databases: a checkpoint of later entries would say of the copy that its end was cut off.
    kept = checkpoints.file().read_bytes() if checkpoints.file().exists() else b""
    with databases.copied(progress) as copy:
        parts.write(sealer, parts.MANIFEST, [copy.told.to_bytes()])
        for part, pieces in copy.streams.items():
            parts.write(sealer, part, pieces)
    parts.write(sealer, parts.CHECKPOINTS, [kept])
    parts.write(sealer, parts.LEDGER_KEY, [signing.private_key().private_bytes_raw()])
    # After the databases: whatever file the vault knows was there before its row.
    for name, path in sealed_files():
        if (content := _content(path)) is not None:
            parts.write(sealer, name, content)
    parts.end(sealer)
    sealer.close()
    out.flush()
    os.fsync(out.fileno())
    return counting.digest.hexdigest(), copy.told


def _content(path: Path) -> Iterator[bytes] | None:
    """The file in pieces; none where it was erased this moment."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    return _pieces(file)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def _settle(folder: Path) -> None:
    """See the name of the file safe on the disk as well."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _Counting:
    """Passes bytes on, hashes them, and tells now and then how many there were."""

    def __init__(self, out: BinaryIO, progress: Progress) -> None:
        self.digest = hashlib.sha256()
        self._out, self._progress, self._bytes, self._next = out, progress, 0, _TOLD_EVERY

    def write(self, data: bytes) -> None:
        self._out.write(data)
        self.digest.update(data)
        self._bytes += len(data)
        if self._bytes >= self._next:
            self._next += _TOLD_EVERY
            self._progress("sealed", self._bytes // 1_000_000)

"""Files as they were handed in, sealed on disk in chunks so that memory stays flat.

Each chunk of one megabyte is sealed by itself with its number, and whether it is the last, bound in: a chunk that is
moved, left out or cut off does not open (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from amparo.kernel.errors import NotFound
from amparo.vault import cipher, guard, keys
from amparo.vault.models import SealedFile

_CHUNK = 1024 * 1024
_OVERHEAD = 1 + 12 + 16


def store(content: BinaryIO, *, institution: str) -> SealedFile:
    """Seal a file under an institution's key and return its row, with the SHA-256 and size of the plain content."""
    file_id, key = uuid4(), os.urandom(cipher.KEY_BYTES)
    path = _path(file_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    digest, size = _write(content, path, key, file_id)
    with transaction.atomic(using="vault"):
        guard.use_keys()
        version, wrapping = keys.current(institution)
        return SealedFile.objects.create(
            id=file_id,
            institution=institution,
            key_version=version,
            wrapped=cipher.seal(key, wrapping, key_place(file_id)),
            sha256=digest,
            size=size,
        )


def _write(content: BinaryIO, path: Path, key: bytes, file_id: UUID) -> tuple[str, int]:
    digest, size, number = hashlib.sha256(), 0, 0
    with path.open("xb") as out:
        chunk = content.read(_CHUNK)
        while True:
            following = content.read(_CHUNK)
            digest.update(chunk)
            size += len(chunk)
            out.write(cipher.seal(chunk, key, _chunk_place(file_id, number, last=not following)))
            if not following:
                break
            chunk, number = following, number + 1
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest(), size


def read(file_id: UUID) -> Iterator[bytes]:
    """The plain content in chunks; raises ``NotFound`` or :class:`~amparo.vault.cipher.Unreadable`."""
    row = SealedFile.objects.filter(id=file_id).first()
    if row is None or not _path(file_id).exists():
        raise NotFound("vault.no_such_file")
    key = key_of(row)
    with _path(file_id).open("rb") as sealed:
        chunk, number = sealed.read(_CHUNK + _OVERHEAD), 0
        while chunk:
            following = sealed.read(_CHUNK + _OVERHEAD)
            yield cipher.unseal(chunk, key, _chunk_place(file_id, number, last=not following))
            chunk, number = following, number + 1


def key_of(row: SealedFile) -> bytes:
    """The file's key; it is read again where the key that it was under was exchanged this moment."""
    found = keys.of({(row.institution, row.key_version)}) or _exchanged(row)
    return cipher.unseal(bytes(row.wrapped), found[row.institution, row.key_version], key_place(row.id))


def _exchanged(row: SealedFile) -> dict[tuple[str, int], bytes]:
    row.refresh_from_db()
    found = keys.of({(row.institution, row.key_version)})
    if not found:
        raise cipher.Unreadable("vault.unreadable")
    return found


def discard(file_id: UUID) -> None:
    """Remove a file that belongs to nothing because its delivery was not taken."""
    SealedFile.objects.filter(id=file_id).delete()
    _path(file_id).unlink(missing_ok=True)


def made_before(moment: datetime) -> set[UUID]:
    """Ids of the files that were sealed before a moment: those with a row, and those that lie on disk without one."""
    rows = set(SealedFile.objects.filter(made_at__lt=moment).values_list("id", flat=True))
    lying = (Path(settings.DATA) / "files").glob("??/*.sealed")
    return rows | {UUID(path.stem) for path in lying if path.stat().st_mtime < moment.timestamp()}


def _path(file_id: UUID) -> Path:
    return Path(settings.DATA) / "files" / file_id.hex[:2] / f"{file_id.hex}.sealed"


def key_place(file_id: UUID) -> bytes:
    """The associated data of a file's wrapped key."""
    return b"file key|" + file_id.bytes


def _chunk_place(file_id: UUID, number: int, *, last: bool) -> bytes:
    return b"file|" + file_id.bytes + f"|{number}|{int(last)}".encode("ascii")

"""Checkpoints: signed notes of the ledger's head, kept outside the database and, as copies, outside this machine.

A tree alone shows nothing when somebody with full rights builds it anew over altered entries, or cuts its tail off.
Whoever does that must also forge the notes, which are signed with a key that the database does not hold, and which
partners have copies of.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.utils import timezone

from amparo.ledger import notes, signing, tree
from amparo.ledger.notes import Checkpoint

# More bytes than one line of the file has.
_LONGEST = 4096


def write() -> Checkpoint | None:
    """Sign the present head and append it to the file of checkpoints; nothing happens while nothing is new."""
    size = tree.size()
    if size == _size(latest()):
        return None
    at = timezone.now().isoformat(timespec="seconds")
    checkpoint = Checkpoint(signing.origin(), size, tree.root(size), at)
    append(file(), notes.sign(checkpoint, signing.private_key()))
    return checkpoint


def append(path: Path, note: str) -> None:
    """Add a note to a file of notes, one to a line, and see it safe on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as out:
        out.write(json.dumps({"note": note}, ensure_ascii=False) + "\n")
        out.flush()
        os.fsync(out.fileno())


def read(path: Path, key: Ed25519PublicKey) -> Iterator[Checkpoint | None]:
    """Every checkpoint of a file in order; ``None`` for a line that cannot be read or that the key did not sign."""
    for note in _lines(path):
        try:
            yield notes.read(note, key)
        except notes.Unsigned:
            yield None


def newer_than(size: int) -> list[str]:
    """This installation's notes of more entries than that, the oldest first."""
    return [note for note in _lines(file()) if _size(note) > size]


def of_size(size: int) -> str:
    """This installation's note of exactly so many entries; empty where it has none."""
    return next((note for note in _lines(file()) if note and _size(note) == size), "")


def latest() -> str:
    """The newest note of this installation; empty where there is none yet."""
    if not file().exists():
        return ""
    with file().open("rb") as kept:
        kept.seek(max(0, kept.seek(0, os.SEEK_END) - _LONGEST))
        return next(reversed(list(_notes(kept.read().decode("utf-8", errors="replace")))), "")


def file() -> Path:
    """Where this installation keeps its own checkpoints."""
    return Path(settings.DATA) / "ledger" / "checkpoints.jsonl"


def _lines(path: Path) -> Iterator[str]:
    """The notes of a file; an empty text for a line that holds none."""
    if path.exists():
        yield from _notes(path.read_text(encoding="utf-8", errors="replace"))


def _notes(text: str) -> Iterator[str]:
    for line in text.splitlines():
        try:
            yield str(json.loads(line)["note"])
        except (ValueError, KeyError, TypeError):
            yield ""


def _size(note: str) -> int:
    try:
        return notes.parse(note).size
    except notes.Unsigned:
        return 0

"""Checkpoints: signed notes of the ledger's head, kept outside the database.

A chain alone shows nothing when somebody with full rights rewrites it from one row to the end, or cuts its tail off.
Whoever does that must also forge the notes, which are signed with a key that the database does not hold.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils import timezone

from amparo.ledger.models import Entry


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The number and digest of the last entry at a moment."""

    seq: int
    digest: str
    at: str


def write() -> Checkpoint | None:
    """Sign the present head and append it to the file of checkpoints; nothing happens while the ledger is empty."""
    head = Entry.objects.order_by("-seq").values_list("seq", "digest").first()
    if head is None:
        return None
    note = Checkpoint(head[0], head[1], timezone.now().isoformat(timespec="seconds"))
    line = {"seq": note.seq, "digest": note.digest, "at": note.at, "signature": _sign(note)}
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.write(json.dumps(line, sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return note


def read() -> Iterator[tuple[Checkpoint, bool]]:
    """Every checkpoint in order, each with whether its signature is good. A line that cannot be read counts as bad."""
    path = _file()
    if not path.exists():
        return
    key = _private_key().public_key()
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        yield _parse(line, key)


def _parse(line: str, key: Ed25519PublicKey) -> tuple[Checkpoint, bool]:
    try:
        fields = json.loads(line)
        note = Checkpoint(int(fields["seq"]), str(fields["digest"]), str(fields["at"]))
        key.verify(b64decode(fields["signature"]), _message(note))
    except InvalidSignature:
        return note, False
    except (ValueError, KeyError, TypeError):
        return Checkpoint(0, "", ""), False
    return note, True


def _message(note: Checkpoint) -> bytes:
    return f"amparo ledger\n{note.seq}\n{note.digest}\n{note.at}\n".encode("ascii")


def _sign(note: Checkpoint) -> str:
    return b64encode(_private_key().sign(_message(note))).decode("ascii")


def _file() -> Path:
    return Path(settings.DATA) / "ledger" / "checkpoints.jsonl"


def _private_key() -> Ed25519PrivateKey:
    """The signing key of this installation: 32 bytes in a file that only the service's user can read."""
    path = Path(settings.DATA) / "keys" / "ledger.ed25519"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw())
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())

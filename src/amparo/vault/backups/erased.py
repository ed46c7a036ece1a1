"""The list of what was erased, kept beside the backups: a restore from an older one destroys it again.

It holds ids without a meaning outside, kinds and articles of law; no names and no keys. It is signed with the ledger's
key, whose public half every backup has: whoever could alter the list could keep from it what must not come back.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction

from amparo.kernel.errors import Invalid
from amparo.ledger import actions as ledger
from amparo.ledger import signing
from amparo.vault import erasure
from amparo.vault.backups.manifest import Manifest
from amparo.vault.erasure import Wanted
from amparo.vault.models import Erasure, LegalHold

FILE_NAME = "amparo-erasures.json"
_CONTEXT = b"amparo erasures 1|"
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Erased:
    """One erasure that was done: what it is about, what was sealed under which ids, on what ground."""

    id: str
    subjects: list[str]
    owners: list[str]
    compartment: str
    scope: str
    basis: str
    remains: dict[str, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """The list as of a moment."""

    made_at: str
    erasures: tuple[Erased, ...]


def write(file: Path, *, at: datetime) -> int:
    """Write the list of all erasures of this installation, whole or not at all; returns how many there are."""
    rows = Erasure.objects.exclude(done_at=None).order_by("ordered_at", "id")
    found = [
        Erased(str(row.id), row.subjects, row.owners, row.compartment, row.scope, row.basis, row.remains)
        for row in rows.iterator()
    ]
    told = json.dumps(asdict(Listed(at.isoformat(timespec="seconds"), tuple(found))), sort_keys=True)
    signature = b64encode(signing.private_key().sign(_CONTEXT + told.encode("utf-8"))).decode("ascii")
    unfinished = file.with_name(f".{file.name}.{uuid4().hex}")
    try:
        with unfinished.open("x", encoding="utf-8") as out:
            json.dump({"list": told, "signature": signature}, out)
            out.flush()
            os.fsync(out.fileno())
        os.replace(unfinished, file)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise Invalid("backup.not_written", why=error.strerror or type(error).__name__) from error
    return len(found)


def read(file: Path, told: Manifest) -> Listed:
    """The list in a file, for a restore of this backup.

    Raises ``Invalid`` where it cannot be read, the ledger of the backup did not sign it, or it is older than the backup
    and so does not say what was erased since.
    """
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
        text, signature = str(held["list"]), b64decode(held["signature"], validate=True)
        Ed25519PublicKey.from_public_bytes(b64decode(told.ledger_key)).verify(signature, _CONTEXT + text.encode())
        content = json.loads(text)
    except OSError as error:
        raise Invalid("backup.no_erasures_file") from error
    except (ValueError, KeyError, TypeError, InvalidSignature) as error:
        raise Invalid("backup.erasures_not_genuine") from error
    found = Listed(content["made_at"], tuple(Erased(**each) for each in content["erasures"]))
    if datetime.fromisoformat(found.made_at) < told.made():
        raise Invalid("backup.erasures_too_old")
    return found


def again(listed: Iterable[Erased], *, author: ledger.Author, at: datetime) -> list[Erased]:
    """Destroy what this database does not know as destroyed, each with its order in the ledger; returns those.

    A hold that stands here was lifted before they were erased, so it ends.
    """
    known = set(map(str, Erasure.objects.exclude(done_at=None).values_list("id", flat=True)))
    missing = [each for each in listed if each.id not in known]
    for each in missing:
        subjects = [UUID(subject) for subject in each.subjects]
        _end_holds(subjects, author, at)
        wanted = Wanted(
            subjects, [UUID(owner) for owner in each.owners], each.basis, each.scope, each.compartment, each.remains
        )
        erasure.complete(erasure.order(author=author, wanted=wanted, at=at), at=at)
    return missing


def _end_holds(subjects: list[UUID], author: ledger.Author, at: datetime) -> None:
    with transaction.atomic(using="vault"):
        for start in range(0, len(subjects), _CHUNK):
            standing = LegalHold.objects.filter(subject__in=subjects[start : start + _CHUNK], lifted_at=None)
            standing.update(lifted_at=at, lifted_by=author.name, lifted_for="ended")

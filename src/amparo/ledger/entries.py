"""What an entry says, and the bytes that stand for it in the tree. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from amparo.ledger import merkle


@dataclass(frozen=True, slots=True)
class Content:
    """What an entry says: who did or read what, when, for which purpose, allowed by which relation."""

    seq: int
    at: datetime
    actor: str
    institution: str
    role: str
    act: str
    purpose: str = ""
    basis: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)
    subject_count: int = 0
    subjects_digest: str = ""


def subjects_digest(subjects: Collection[UUID]) -> str:
    """SHA-256 over the sorted subjects, 64 hexadecimal digits; empty where there are none."""
    if not subjects:
        return ""
    digest, last = hashlib.sha256(), b""
    for subject in subjects:
        if subject.bytes < last:
            return hashlib.sha256(b"".join(sorted(each.bytes for each in subjects))).hexdigest()
        last = subject.bytes
        digest.update(last)
    # Those of a delivery come in order, so that however many they are nothing has to be held.
    return digest.hexdigest()


def canonical(content: Content) -> bytes:
    """The entry as JSON with keys sorted, no spaces, in UTF-8, times in UTC with microseconds: one text per content."""
    fields = asdict(content) | {"at": content.at.astimezone(UTC).isoformat(timespec="microseconds")}
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return text.encode("utf-8")


def digest(content: Content) -> str:
    """The leaf of the entry in the tree, 64 hexadecimal digits."""
    return merkle.leaf(canonical(content)).hex()

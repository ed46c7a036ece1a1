"""How entries are chained: each one's digest covers its content and the digest before it. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from uuid import UUID

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Content:
    """What an entry says, before it is chained."""

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


def subjects_digest(subjects: Iterable[UUID]) -> str:
    """SHA-256 over the sorted subjects, 64 hexadecimal digits; empty where there are none."""
    ordered = sorted(subject.bytes for subject in subjects)
    return hashlib.sha256(b"".join(ordered)).hexdigest() if ordered else ""


def digest(content: Content, previous: str) -> str:
    """SHA-256 of the entry's canonical JSON behind the previous digest, 64 hexadecimal digits.

    Canonical means: keys sorted, no spaces, UTF-8, times in UTC with microseconds.
    """
    fields = asdict(content) | {"at": content.at.astimezone(UTC).isoformat(timespec="microseconds")}
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(previous.encode("ascii") + text.encode("utf-8")).hexdigest()

"""Recomputing the ledger and holding it against what was signed: has anybody bent it, and where first?"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from amparo.ledger import checkpoints, entries, merkle, signing, tree
from amparo.ledger.models import Entry, EntrySubject, Node
from amparo.ledger.notes import Checkpoint

_CHUNK = 5000
_GUARDED_TABLES = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is wrong: the number of the entry, the last one it may be, and what is wrong with it.

    ``until`` is above ``seq`` where only a signed root tells: somebody built the tree anew, and the first altered entry
    is one of those since the last checkpoint that still agrees.
    """

    seq: int
    kind: str
    until: int = 0


@dataclass(frozen=True, slots=True)
class Verification:
    """How many entries were read, how many checkpoints they were held against, and the first fault if there is one."""

    entries: int
    checkpoints: int
    fault: Fault | None


def verify(outside: Path | None = None, key: Ed25519PublicKey | None = None) -> Verification:
    """Recompute every leaf and every subtree from the first entry and compare the roots with the checkpoints.

    ``outside`` is a copy of the checkpoints that somebody else kept, and ``key`` the public key that she was given:
    with them, whoever holds this machine, its database and its signing key is found out as well.

    Kinds of fault: ``gap`` (a number is missing or was put in between), ``content`` (an entry was altered), ``stamp``
    (an entry was written without the signing key),
    ``subjects`` (the records it names were altered), ``tree`` (a stored subtree says otherwise), ``orphan`` (subjects
    or subtrees of no entry), ``checkpoint`` (a signed root says otherwise), ``truncated`` (a checkpoint names entries
    that are gone), ``signature`` (a checkpoint is forged or cannot be read), ``unguarded`` (the triggers that refuse
    changes are gone).
    """
    own = signing.private_key().public_key()
    found = list(checkpoints.read(checkpoints.file(), own))
    if outside is not None:
        found += checkpoints.read(outside, key or own)
    known = sorted((note for note in found if note is not None), key=lambda note: note.size)
    reading = _Reading(known)
    fault = reading.walk()
    if fault is None and len(known) < len(found):
        fault = Fault(reading.agreed + 1, "signature")
    return Verification(reading.count, len(found), fault or _around(reading.count))


def _around(count: int) -> Fault | None:
    """What is wrong beside the entries themselves."""
    beyond = EntrySubject.objects.filter(entry_id__gt=count).exists()
    if beyond or Node.objects.count() != count - count.bit_count():
        return Fault(count + 1, "orphan")
    return None if _guarded() else Fault(count, "unguarded")


class _Reading:
    """One walk over the entries: what was counted, up to where signed roots agreed, and the tree as it grows."""

    def __init__(self, notes: Sequence[Checkpoint]) -> None:
        self.count = 0
        self.agreed = 0
        self._due = iter([*notes, None])
        self._stamp = signing.stamps()
        self._note = next(self._due)
        # The whole subtrees that end at the newest entry, by level and index: all that roots are made of.
        self._frontier: dict[tuple[int, int], bytes] = {}

    def walk(self) -> Fault | None:
        """Read every entry; returns the first fault."""
        for chunk in _chunks():
            fault = self._take(chunk)
            if fault is not None:
                return fault
        if self._note is not None:
            return Fault(self.count + 1, "truncated", self._note.size)
        return None

    def _take(self, chunk: list[Entry]) -> Fault | None:
        subjects = _subjects_of(chunk)
        grown: dict[tuple[int, int], str] = {}
        for entry in chunk:
            kind = _fault_of(entry, self.count, subjects.get(entry.seq, [])) or self._stamp_fault(entry)
            if kind:
                return Fault(min(entry.seq, self.count + 1), kind)
            grown |= self._grow(bytes.fromhex(entry.digest))
            if not self._agrees():
                return Fault(self.agreed + 1, "checkpoint", self.count)
        return self._compared(grown)

    def _stamp_fault(self, entry: Entry) -> str:
        """Whether the stamp is missing or wrong."""
        return "" if hmac.compare_digest(bytes(entry.stamp or b""), self._stamp(entry.digest)) else "stamp"

    def _grow(self, leaf: bytes) -> dict[tuple[int, int], str]:
        """Add a leaf; returns the subtrees that it completes. Those they are made of are no longer needed."""
        grown = {}
        index = self.count
        self._frontier[0, index] = leaf
        completed = merkle.completed(index, leaf, lambda level, place: self._frontier[level, place])
        for level, place, value in completed:
            del self._frontier[level - 1, 2 * place], self._frontier[level - 1, 2 * place + 1]
            self._frontier[level, place] = value
            grown[level, place] = value.hex()
        self.count += 1
        return grown

    def _agrees(self) -> bool:
        """Whether the checkpoints of this size have the root that was recomputed."""
        while self._note is not None and self._note.size <= self.count:
            if self._note.root != merkle.root(self._note.size, lambda level, place: self._frontier[level, place]):
                return False
            self.agreed = self._note.size
            self._note = next(self._due)
        return True

    def _compared(self, grown: dict[tuple[int, int], str]) -> Fault | None:
        """The stored subtrees against the recomputed ones."""
        kept = tree.stored(grown)
        wrong = [(index << level) + 1 for (level, index), digest in grown.items() if kept.get((level, index)) != digest]
        return Fault(min(wrong), "tree") if wrong else None


def _chunks() -> Iterator[list[Entry]]:
    last = -1
    while True:
        found = list(Entry.objects.filter(seq__gt=last).order_by("seq")[:_CHUNK])
        if not found:
            return
        yield found
        last = found[-1].seq


def _subjects_of(chunk: Sequence[Entry]) -> dict[int, list[UUID]]:
    rows: Iterable[tuple[int, UUID]] = (
        EntrySubject.objects.filter(entry_id__gte=chunk[0].seq, entry_id__lte=chunk[-1].seq)
        .order_by("entry_id")
        .values_list("entry_id", "subject")
    )
    return {seq: [subject for _, subject in group] for seq, group in groupby(rows, key=lambda row: row[0])}


def _fault_of(entry: Entry, count: int, subjects: list[UUID]) -> str:
    if entry.seq != count + 1:
        return "gap"
    if entry.digest != entries.digest(content_of(entry)):
        return "content"
    if (len(subjects), entries.subjects_digest(subjects)) != (entry.subject_count, entry.subjects_digest):
        return "subjects"
    return ""


def content_of(entry: Entry) -> entries.Content:
    """The part of a row that its digest covers."""
    return entries.Content(
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
        institution=entry.institution,
        role=entry.role,
        act=entry.act,
        purpose=entry.purpose,
        basis=entry.basis,
        detail=entry.detail,
        subject_count=entry.subject_count,
        subjects_digest=entry.subjects_digest,
    )


def _guarded() -> bool:
    """Whether the triggers that refuse to change, delete or empty what the ledger holds are in place."""
    catalogue, acts = {
        "sqlite": ("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger_append_only%'", 2),
        "postgresql": (
            "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'ledger_append_only%' AND tgenabled <> 'D'",
            3,
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        return bool(cursor.fetchone()[0] >= acts * _GUARDED_TABLES)

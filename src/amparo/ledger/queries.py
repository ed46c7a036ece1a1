"""Reading and verifying the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db import connection

from amparo.ledger import chain, checkpoints
from amparo.ledger.models import Entry, EntrySubject

_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is wrong with the ledger: the number of the entry and what is wrong with it."""

    seq: int
    kind: str


@dataclass(frozen=True, slots=True)
class Verification:
    """How many entries were read, how many checkpoints agree, and the first fault if there is one."""

    entries: int
    checkpoints: int
    fault: Fault | None


def verify() -> Verification:
    """Recompute every digest from the first entry and compare the chain with the checkpoints outside the database.

    Kinds of fault: ``gap`` (a number is missing or was put in between), ``link`` (an entry does not continue the one
    before), ``content`` (an entry was altered), ``subjects`` (the records it names were altered), ``orphan``
    (subjects of no entry), ``checkpoint`` (a signed checkpoint says otherwise), ``truncated`` (a checkpoint names an
    entry that is gone), ``signature`` (a checkpoint is forged), ``unguarded`` (the triggers that refuse changes are
    gone).
    """
    notes = list(checkpoints.read())
    forged = next((note for note, good in notes if not good), None)
    if forged is not None:
        return Verification(0, len(notes), Fault(forged.seq, "signature"))
    expected = {note.seq: note.digest for note, _ in notes}
    count, fault = _walk(expected)
    if fault is None and expected and max(expected) > count:
        fault = Fault(count + 1, "truncated")
    if fault is None and EntrySubject.objects.filter(entry_id__gt=count).exists():
        fault = Fault(count + 1, "orphan")
    if fault is None and not _guarded():
        fault = Fault(count, "unguarded")
    return Verification(count, len(notes), fault)


def _walk(expected: dict[int, str]) -> tuple[int, Fault | None]:
    count, previous = 0, chain.GENESIS
    for entries in _chunks():
        subjects = _subjects_of(entries)
        for entry in entries:
            kind = _fault_of(entry, count, previous, subjects.get(entry.seq, []), expected)
            if kind:
                return count, Fault(min(entry.seq, count + 1), kind)
            count, previous = entry.seq, entry.digest
    return count, None


def _chunks() -> Iterator[list[Entry]]:
    last = -1
    while True:
        entries = list(Entry.objects.filter(seq__gt=last).order_by("seq")[:_CHUNK])
        if not entries:
            return
        yield entries
        last = entries[-1].seq


def _subjects_of(entries: Sequence[Entry]) -> dict[int, list[UUID]]:
    rows = (
        EntrySubject.objects.filter(entry_id__gte=entries[0].seq, entry_id__lte=entries[-1].seq)
        .order_by("entry_id")
        .values_list("entry_id", "subject")
    )
    return {seq: [subject for _, subject in group] for seq, group in groupby(rows, key=lambda row: row[0])}


def _fault_of(entry: Entry, count: int, previous: str, subjects: list[UUID], expected: dict[int, str]) -> str:
    if entry.seq != count + 1:
        return "gap"
    if entry.previous != previous:
        return "link"
    if entry.digest != chain.digest(content_of(entry), previous):
        return "content"
    if (len(subjects), chain.subjects_digest(subjects)) != (entry.subject_count, entry.subjects_digest):
        return "subjects"
    if expected.get(entry.seq, entry.digest) != entry.digest:
        return "checkpoint"
    return ""


def content_of(entry: Entry) -> chain.Content:
    """The part of a row that its digest covers."""
    return chain.Content(
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
    """Whether the triggers that refuse to change or delete entries are in place."""
    catalogue = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger_append_only%'",
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'ledger_append_only%' AND tgenabled <> 'D'",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        return bool(cursor.fetchone()[0] >= 4)


def latest(*, limit: int = 50, before: int | None = None, act: str = "", actor: str = "") -> list[Entry]:
    """The newest entries first, for the data-protection officer's page; ``before`` continues a page."""
    entries = Entry.objects.order_by("-seq")
    if before is not None:
        entries = entries.filter(seq__lt=before)
    if act:
        entries = entries.filter(act__startswith=act)
    if actor:
        entries = entries.filter(actor=actor)
    return list(entries[:limit])


def about(subjects: Iterable[UUID]) -> list[Entry]:
    """Every entry about any of these records, the newest first: who did what, or looked, and why."""
    seqs = EntrySubject.objects.filter(subject__in=list(subjects)).values_list("entry_id", flat=True)
    return list(Entry.objects.filter(seq__in=set(seqs)).order_by("-seq"))


def subjects_of(entries: Iterable[int]) -> dict[int, list[UUID]]:
    """The records that each of these entries is about, by the entry's number."""
    found: dict[int, list[UUID]] = {}
    rows = EntrySubject.objects.filter(entry__in=list(entries)).order_by("entry", "id")
    for seq, subject in rows.values_list("entry_id", "subject"):
        found.setdefault(seq, []).append(subject)
    return found


def acts() -> list[str]:
    """Every kind of act that the ledger holds, in the order of the alphabet."""
    return sorted(Entry.objects.values_list("act", flat=True).distinct())


def actors() -> list[str]:
    """Everybody who is in the ledger, in the order of the alphabet."""
    return sorted(Entry.objects.values_list("actor", flat=True).distinct())

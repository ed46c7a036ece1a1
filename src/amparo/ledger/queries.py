"""Reading the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from amparo.ledger.models import Entry, EntrySubject


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

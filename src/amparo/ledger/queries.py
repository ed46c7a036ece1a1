"""Reading the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db.models import Max

from amparo.ledger import audit_events
from amparo.ledger.models import Entry, EntrySubject
from amparo.ledger.verification import content_of

_AT_ONCE = 400


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


def of_act(act: str) -> Iterator[Entry]:
    """The entries of exactly this act, the newest first."""
    return Entry.objects.filter(act=act).order_by("-seq").iterator()


def events(institution: str, since: int, until: int) -> Iterator[audit_events.Event]:
    """What an institution's people did from an entry to before another, as FHIR AuditEvents."""
    chosen = Entry.objects.filter(institution=institution, seq__gte=since, seq__lt=until).order_by("seq")
    rows = chosen.iterator()
    while some := list(islice(rows, _AT_ONCE)):
        subjects = subjects_of(each.seq for each in some)
        for each in some:
            yield from audit_events.events(content_of(each), subjects.get(each.seq, ()))


def is_any_since(seq: int, *, besides: str) -> bool:
    """Whether there is an entry behind this one whose act does not begin so."""
    return Entry.objects.filter(seq__gt=seq).exclude(act__startswith=besides).exists()


def entry(seq: int) -> Entry | None:
    """The entry of this number; ``None`` where there is none."""
    return Entry.objects.filter(seq=seq).first()


def about(subjects: Iterable[UUID]) -> list[Entry]:
    """Every entry about any of these records, the newest first: who did what, or looked, and why."""
    seqs = EntrySubject.objects.filter(subject__in=list(subjects)).values_list("entry_id", flat=True)
    return list(Entry.objects.filter(seq__in=set(seqs)).order_by("-seq"))


def authors_about(subjects: Iterable[UUID], acts: Iterable[str]) -> set[str]:
    """The users who did any of these acts to any of these records."""
    seqs = EntrySubject.objects.filter(subject__in=list(subjects)).values("entry_id")
    return set(Entry.objects.filter(seq__in=seqs, act__in=list(acts)).values_list("actor", flat=True))


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


def subjects_between(actors: Collection[str], begin: datetime, end: datetime) -> set[UUID]:
    """The records that any entry of these users is about, from a moment until another, both included."""
    chosen = Entry.objects.filter(actor__in=list(actors), at__gte=begin, at__lte=end).values("seq")
    return set(EntrySubject.objects.filter(entry__in=chosen).values_list("subject", flat=True))


def last_use() -> dict[str, datetime]:
    """When each user last did anything."""
    return dict(Entry.objects.values_list("actor").annotate(last=Max("at")))


def moment_of_last(*, actor: str, acts: Collection[str], number: int) -> datetime | None:
    """When somebody did any of these things the ``number``-th last time; ``None`` where she did not so often."""
    entries = Entry.objects.filter(actor=actor, act__in=acts).order_by("-seq")
    return entries.values_list("at", flat=True)[number - 1 : number].first()


def first_since(moment: datetime) -> int:
    """The number of the first entry from a moment on, or the one after the last; entries are in the order of time.

    Found by halves over the numbers, because the moments have no index: twenty look-ups among a million entries.
    """
    low, high = 1, (Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0) + 1
    while low < high:
        middle = (low + high) // 2
        if Entry.objects.filter(seq=middle, at__lt=moment).exists():
            low = middle + 1
        else:
            high = middle
    return low


def actors_since(seq: int, acts: Collection[str]) -> set[str]:
    """Everybody who did any of these things from this entry on."""
    return set(Entry.objects.filter(seq__gte=seq, act__in=acts).values_list("actor", flat=True))


def done_by(actor: str, since: int, acts: Collection[str]) -> list[tuple[datetime, str, str, UUID]]:
    """What one user did from this entry on: moment, act and basis, once for each record that it was about."""
    rows = EntrySubject.objects.filter(entry__actor=actor, entry__seq__gte=since, entry__act__in=acts)
    return list(rows.values_list("entry__at", "entry__act", "entry__basis", "subject"))

"""What fell apart when records were grouped anew, and who had relied on its being one. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import permutations
from uuid import UUID

Parts = tuple[frozenset[UUID], ...]
"""The records of one person of before, by the persons that came of her."""

SHOWING = frozenset({"thread.read", "identity.reveal", "narrative.reveal", "event.form", "event.read", "grounds.read"})
"""Acts that show one person with all her records to somebody who works with her."""
WRITING = frozenset({"event.write", "record.open"})
"""Acts that add to what is known of a person."""


@dataclass(frozen=True, slots=True)
class Act:
    """An entry of the ledger, as far as it matters here."""

    seq: int
    at: datetime
    actor: str
    act: str
    subjects: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Reliance:
    """Since when somebody saw the records as one person, and how often she wrote on them afterwards."""

    since: datetime
    wrote: int


def parted(before: Mapping[UUID, UUID], people: Iterable[frozenset[UUID]]) -> list[Parts]:
    """Persons of ``before`` (the person of each record) whose records are no longer together."""
    parts: dict[UUID, list[frozenset[UUID]]] = defaultdict(list)
    for person in people:
        by_old: dict[UUID, set[UUID]] = defaultdict(set)
        for record in person:
            if record in before:
                by_old[before[record]].add(record)
        for old, records in by_old.items():
            parts[old].append(frozenset(records))
    return [tuple(sorted(some, key=min)) for _, some in sorted(parts.items()) if len(some) > 1]


def relied(acts: Iterable[Act], parts: Parts, *, after: int) -> dict[str, Reliance]:
    """Users who were shown records of several parts as one person, in entries after a number.

    ``after`` is the entry of an earlier separation of the same records: who was told then is not told again.
    """
    found: dict[str, Reliance] = {}
    for act in sorted(acts, key=lambda each: each.seq):
        if act.seq <= after:
            continue
        known = found.get(act.actor)
        if known is not None and act.act in WRITING:
            found[act.actor] = Reliance(known.since, known.wrote + 1)
        elif known is None and act.act in SHOWING and _spans(act.subjects, parts):
            found[act.actor] = Reliance(act.at, 0)
    return found


def _spans(subjects: frozenset[UUID], parts: Sequence[frozenset[UUID]]) -> bool:
    return sum(not subjects.isdisjoint(part) for part in parts) > 1


def last_parting(parts: Parts, earlier: Iterable[tuple[int, Parts]]) -> int:
    """The entry of the latest earlier separation that set the same records apart; 0 where there was none."""
    return max((seq for seq, before in earlier if _parts_alike(parts, before)), default=0)


def _parts_alike(parts: Parts, before: Parts) -> bool:
    """Whether records of two parts were in two parts before, too."""
    return any(
        one & first and other & second
        for one, other in permutations(parts, 2)
        for first, second in permutations(before, 2)
    )

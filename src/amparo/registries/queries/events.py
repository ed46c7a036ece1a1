"""Events of records, as written and as they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from amparo.registries.models import Event

_CHUNK = 500
_COLUMNS = (
    "id", "record", "type", "on", "place", "institution", "unit", "office", "data", "supersedes", "retracts",
    "recorded_at", "author", "has_narrative", "batch",
)  # fmt: skip


class Written(NamedTuple):
    """An event as it was written once.

    A named tuple, because they are made by the hundred thousand and a frozen dataclass takes ten times as long.
    """

    id: UUID
    record: UUID
    type: str
    on: date
    place: str
    institution: str
    unit: str
    office: str
    data: Mapping[str, Any]
    supersedes: UUID | None
    retracts: bool
    recorded_at: datetime
    author: str
    has_narrative: bool
    batch: UUID | None


def of_records(records: Collection[UUID]) -> dict[UUID, list[Written]]:
    """Every event of the records, superseded ones included, by record and in the order of their ids."""
    found: dict[UUID, list[Written]] = defaultdict(list)
    for chunk in _chunks(list(records)):
        for row in Event.objects.filter(record__in=chunk).order_by("id").values_list(*_COLUMNS):
            event = Written(*row)
            found[event.record].append(event)
    return found


def of_types(records: Collection[UUID], types: Collection[str]) -> Iterator[Written]:
    """The events of the records that are of these types, in the order of their ids of each five hundred records."""
    for chunk in _chunks(list(records)):
        found = Event.objects.filter(record__in=chunk, type__in=list(types)).order_by("id")
        yield from (Written(*row) for row in found.values_list(*_COLUMNS))


def get(event: UUID) -> Written | None:
    """One event by its id."""
    row = Event.objects.filter(id=event).values_list(*_COLUMNS).first()
    return Written(*row) if row else None


def written_by_hand(events: Collection[UUID]) -> frozenset[UUID]:
    """Those of the events that somebody wrote in Amparo, and not an institution in a delivery."""
    found: set[UUID] = set()
    for chunk in _chunks(list(events)):
        found |= set(Event.objects.filter(id__in=chunk, batch__isnull=True).values_list("id", flat=True))
    return frozenset(found)


def is_standing(event: UUID) -> bool:
    """Whether nothing corrects the event or takes it back."""
    return not Event.objects.filter(supersedes=event).exists()


def _chunks(values: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))

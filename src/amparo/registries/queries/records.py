"""Records, their versions and where they came from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from amparo.registries.models import Record, RecordVersion
from amparo.vault import queries as vault

_CHUNK = 500
_COLUMNS = (
    "id", "code", "source", "institution", "unit", "office", "department", "registered_on", "sex", "nationality",
    "version",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What the main database knows of a record: whose it is, since when, and two facts that name nobody."""

    id: UUID
    code: str
    source: str
    institution: str
    unit: str
    office: str
    department: str
    registered_on: date | None
    sex: str
    nationality: str
    version: int


@dataclass(frozen=True, slots=True)
class Version:
    """What a record said in one delivery, without what is sealed."""

    number: int
    written_at: datetime
    batch: UUID | None
    row: int
    content: dict[str, Any]
    sealed: tuple[str, ...]


def facts(records: Collection[UUID]) -> dict[UUID, RecordFacts]:
    """Facts of records by id."""
    found: dict[UUID, RecordFacts] = {}
    for chunk in _chunks(list(records)):
        for row in Record.objects.filter(id__in=chunk).values_list(*_COLUMNS):
            found[row[0]] = RecordFacts(*row)
    return found


def with_code(code: str) -> UUID | None:
    """The record that has this code."""
    return Record.objects.filter(code=code).values_list("id", flat=True).first()


def versions(record: UUID) -> list[Version]:
    """The versions of a record, the first one first."""
    rows = RecordVersion.objects.filter(record=record).order_by("number")
    return [Version(row.number, row.written_at, row.batch_id, row.row, row.content, tuple(row.sealed)) for row in rows]


def without_baits(records: Mapping[UUID, int]) -> dict[UUID, int]:
    """The same without records of nobody, which are never compared."""
    bait = vault.baits()
    return {record: version for record, version in records.items() if record not in bait}


def waiting() -> dict[UUID, int]:
    """Records that were not yet compared with the others, in the order they came, with their latest version."""
    return without_baits(dict(Record.objects.filter(linked=False).order_by("id").values_list("id", "version")))


def all_ids() -> list[UUID]:
    """Every record, in the order they came."""
    return list(Record.objects.order_by("id").values_list("id", flat=True))


def every_version() -> dict[UUID, int]:
    """Every record, in the order they came, with its latest version."""
    return without_baits(dict(Record.objects.order_by("id").values_list("id", "version")))


def versions_of(records: Collection[UUID]) -> dict[UUID, int]:
    """The latest version of each of these records."""
    return {record: known.version for record, known in facts(records).items()}


def existing(records: Collection[UUID]) -> set[UUID]:
    """Those of the ids that are records'."""
    found: set[UUID] = set()
    for chunk in _chunks(list(records)):
        found |= set(Record.objects.filter(id__in=chunk).values_list("id", flat=True))
    return found


def erased_among(records: Collection[UUID]) -> set[UUID]:
    """Those of the records whose identity was destroyed."""
    found: set[UUID] = set()
    for chunk in _chunks(list(records)):
        found |= set(Record.objects.filter(id__in=chunk, erased=True).values_list("id", flat=True))
    return found


def _chunks(values: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))

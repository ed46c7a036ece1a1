"""What other rooms receive of a person and of what she is owed: plain values instead of rows of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from amparo.casework import models
from amparo.casework.rules import projecting


@dataclass(frozen=True, slots=True)
class Person:
    """A person as lists know her: a code and facts that name nobody."""

    id: UUID
    code: str
    record_count: int
    cycles: int
    institutions: list[str]
    sex: str
    minor: bool | None
    age_low: int | None
    age_high: int | None
    departments: list[str]
    first_on: date | None
    last_on: date | None
    state: str
    stage: str
    risk: str
    rank: str
    rank_reasons: list[dict[str, Any]]
    overdue: int
    next_due_on: date | None
    reserved: bool


@dataclass(frozen=True, slots=True)
class Obligation:
    """A step as it stands for one person; see the table of the same name for what each field means."""

    person: UUID
    cycle: int
    step: str
    occurrence: int
    route: str
    unit: str
    office: str
    department: str
    status: str
    is_owed: bool
    since: date | None
    due_on: date | None
    fulfilled_by: UUID | None
    fulfilled_on: date | None
    stopped_on: date | None
    reason: Mapping[str, Any]
    article: str
    verified: bool
    critical: bool


_PERSON = tuple(field.name for field in fields(Person))
_OBLIGATION = tuple(field.name for field in fields(Obligation))


def person(row: models.Person) -> Person:
    """One person."""
    return Person(*(getattr(row, name) for name in _PERSON))


def obligations(rows: QuerySet[models.Obligation]) -> list[Obligation]:
    """Steps in the order of the rows."""
    return [Obligation(*row) for row in rows.values_list(*_OBLIGATION)]


def projected(row: Sequence[Any]) -> Obligation:
    """A step from the row that :func:`amparo.casework.rules.projecting.project` makes of it."""
    named = dict(zip(projecting.OBLIGATION, row, strict=True))
    return Obligation(**{name: named[name] for name in _OBLIGATION})

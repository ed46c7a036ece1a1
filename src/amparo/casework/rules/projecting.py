"""From records and events of one person to the rows that lists and pages read. Pure: moment and pack come in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from amparo.casework.rules import grouping
from amparo.casework.rules.responsible import Holding, answerable, departments_of
from amparo.engines import route
from amparo.engines.route.model import Facts
from amparo.engines.route.outcome import Happened, Obligation
from amparo.kernel.dates import Approx
from amparo.pack.model import Pack
from amparo.registries.queries.events import Written
from amparo.registries.queries.records import RecordFacts
from amparo.registries.rules import standing

Row = tuple[object, ...]

PERSON = (
    "id", "code", "record_count", "institutions", "sex", "minor", "age_low", "age_high", "departments", "first_on",
    "last_on", "state", "stage", "rank", "rank_reasons", "overdue", "next_due_on",
)  # fmt: skip
MEMBERSHIP = ("record", "person")
REACH = ("person", "institution", "unit", "office", "department", "relation")
OBLIGATION = (
    "person", "cycle", "step", "occurrence", "route", "unit", "office", "department", "status", "is_owed", "since",
    "due_on", "fulfilled_by", "fulfilled_on", "stopped_on", "reason", "article", "verified", "critical", "position",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Material:
    """What is known of one person: her records in order, all their events, and the births that records give."""

    records: tuple[RecordFacts, ...]
    events: tuple[Written, ...]
    births: tuple[Approx, ...]
    documented: bool | None = None


@dataclass(frozen=True, slots=True)
class Projection:
    """The rows of one person, by table."""

    person: Row
    memberships: list[Row]
    reaches: list[Row]
    obligations: list[Row]

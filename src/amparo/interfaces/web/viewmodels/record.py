"""Page ``web/record.html`` (:class:`RecordPage`): one institution's record as it wrote it, version by version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.forms import BaseForm

from amparo.interfaces.web.viewmodels.common import InstitutionMark, PersonMark, Segment


class Change(StrEnum):
    """What happened to a field between the version before and the one shown."""

    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A column of the institution with its value; ``meaning`` is what Amparo understood, when it differs.

    ``sealed`` values are shown as a mask and have no ``value``. ``before`` and ``now`` mark the letters that changed.
    """

    column: str
    value: str = ""
    meaning: str = ""
    change: Change = Change.SAME
    before: tuple[Segment, ...] = ()
    now: tuple[Segment, ...] = ()
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together; ``title`` may be empty when the institution has only one group."""

    title: str
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True)
class VersionLink:
    """One version of the record; ``query`` opens it, ``changes`` counts the fields that differ from the one before."""

    number: int
    handed_on: date
    query: str
    current: bool = False
    changes: int = 0


@dataclass(frozen=True, slots=True)
class RecordPage:
    """``key`` is the institution's own number of the record, when the reader may see it.

    ``person`` is missing where the reader may open no thread; ``is_joined`` says that the thread has other records.
    ``delivery_id`` is missing where the reader may not open deliveries. ``form`` asks for a purpose to open what is
    sealed; ``None`` where nothing is sealed to the reader that she may ask for, or it is open already.
    """

    id: UUID
    institution: InstitutionMark
    kind: str
    key: str
    versions: tuple[VersionLink, ...]
    groups: tuple[FieldGroup, ...]
    handed_at: datetime
    delivery_id: UUID | None
    row: int
    layout: str
    person: PersonMark | None = None
    is_joined: bool = False
    only_changes: bool = False
    toggle: str = ""
    form: BaseForm | None = None

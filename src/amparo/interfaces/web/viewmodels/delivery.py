"""Pages ``web/deliveries.html``, ``web/delivery_new.html`` and ``web/delivery.html``: handing in an export."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.forms import BaseForm

from amparo.interfaces.web.viewmodels.common import Fact, InstitutionMark, Notice, Pages


class DeliveryState(StrEnum):
    """Where a delivery stands: waiting for a yes, taken, thrown away by its owner, or refused as a whole."""

    PREVIEW = "preview"
    TAKEN = "taken"
    DISCARDED = "discarded"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Counts:
    """How the rows of a delivery end; the four add up to ``total``."""

    new: int
    changed: int
    unchanged: int
    set_aside: int

    @property
    def total(self) -> int:
        """All rows of the file."""
        return self.new + self.changed + self.unchanged + self.set_aside


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A delivery in the list; ``counts`` is missing for one that was refused whole."""

    id: UUID
    source: str
    institution: InstitutionMark
    by: str
    at: datetime
    state: DeliveryState
    counts: Counts | None = None


@dataclass(frozen=True, slots=True)
class DeliveriesPage:
    """All deliveries that the reader may see, the latest first."""

    deliveries: tuple[DeliveryLine, ...]
    pages: Pages
    may_write: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryNewPage:
    """Fields of ``form``: ``source`` (which export) and ``file``. ``scanned`` says whether a virus scanner answers."""

    form: BaseForm
    largest_megabytes: int = 50
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class SetAsideRow:
    """A row that was not taken; ``value`` is already masked where it identifies, ``remedy`` says what to do."""

    row: int
    column: str
    value: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking did with the new rows: joined to somebody known, new people, pairs that a person must judge."""

    joined: int
    new_people: int
    to_judge: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the whole file was refused, and what to do about it."""

    title: str
    text: str
    remedy: str


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """One delivery in any state. ``reading`` says how the file was read (encoding, separator, sheet, layout).

    ``rows`` are the first set-aside rows that wait, one line for each reason; ``rows_hidden`` says how many more rows
    there are. ``series`` is the code of the official series that the file holds, where it holds one.
    """

    id: UUID
    source: str
    institution: InstitutionMark
    state: DeliveryState
    reading: tuple[Fact, ...]
    by: str
    at: datetime
    counts: Counts | None = None
    notices: tuple[Notice, ...] = ()
    rows: tuple[SetAsideRow, ...] = ()
    linked: Linked | None = None
    refusal: Refusal | None = None
    may_confirm: bool = False
    rows_hidden: int = 0
    may_download: bool = False
    series: str = ""

"""What the reading process answers, as its parent believes it: this form, checked while it is read, or nothing.

What the parent only seals or stores, and need not look into, stays the JSON text that the child wrote: it is checked to
be JSON and never unpacked.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Generic, TypeVar

from msgspec import Raw, Struct
from msgspec.json import Decoder

T = TypeVar("T")


class Opened(Struct):
    """How the file was read, and what was noticed of it."""

    read_as: dict[str, str]
    notes: list[dict[str, Any]]


class Happened(Struct, array_like=True, frozen=True, gc=False):
    """An event as :meth:`~amparo.registries.happenings.Derived.to_json` writes it."""

    type: str
    slot: str
    on: date
    place: str
    data: Raw


class Noticed(Struct, gc=False):
    """A note or a reason; see :class:`~amparo.registries.reasons.Reason`."""

    code: str
    column: str = ""
    value: str = ""
    params: dict[str, str] = {}


class TakenRow(Struct, tag_field="is", tag="taken"):
    """A row that can be taken; ``fields``, ``identity`` and ``narrative`` are for the vault only."""

    n: int
    key: str
    on: str
    at: tuple[str, str, str]
    sex: str
    nationality: str
    fields: Raw
    identity: Raw
    narrative: Raw
    content: Raw
    values: Raw
    events: list[Happened]
    print: str
    tokens: list[str]
    notes: list[Noticed]


class BarredRow(Struct, tag_field="is", tag="barred"):
    """A row that cannot be taken, and why."""

    n: int
    key: str
    reasons: list[Noticed]
    typed: Raw


class PlainRow(Struct):
    """A row of a published table, as it stands."""

    n: int
    values: dict[str, Any]
    reasons: list[str]


class Fault(Struct):
    """Why the file as a whole cannot be read."""

    code: str
    params: dict[str, Any]


class Answer(Struct, Generic[T]):
    """One line of the child: one of these, and no other."""

    opened: Opened | None = None
    rows: list[T] = []
    end: dict[str, int] | None = None
    error: Fault | None = None


Record = TakenRow | BarredRow
Form = Decoder[Answer[T]]
RECORDS: Form[Record] = Decoder(Answer[Record])
PLAIN: Form[PlainRow] = Decoder(Answer[PlainRow])

"""The parts of a pack that are written as YAML: institutions, units, offices, roles, sharing, events, holidays.

Each class is one entry of a file, immutable once read. References between them are codes; ``checks`` follows them.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class Compartment(StrEnum):
    """Which part of a person's file a field belongs to. A role names the compartments it may read."""

    CASE = "case"
    IDENTITY = "identity"
    NARRATIVE = "narrative"
    HEALTH = "health"
    JUSTICE = "justice"


class Scope(StrEnum):
    """Whose records a role reaches: those of its own office, of its region, or all."""

    OWN_RECORDS = "own_records"
    OWN_REGION = "own_region"
    ALL = "all"


Capability = Literal[
    "my_list",
    "search_hit",
    "search_thread",
    "thread_read",
    "identity_reveal",
    "record_read",
    "event_write",
    "delivery_write",
    "delivery_read",
    "pair_judge",
    "pair_resolve",
    "labels_read",
    "labels_adopt",
    "chain_read",
    "series_read",
    "ledger_read",
    "ledger_report",
    "erasure",
    "legal_hold",
    "alerts_read",
    "exclude",
    "break_glass",
    "break_glass_review",
    "places",
    "place_read",
    "place_write",
    "place_approve",
    "desk",
    "access_confirm",
    "assign",
]

TimelineKind = Literal[
    "crime",
    "report",
    "rescue",
    "justice",
    "protection",
    "care",
    "health",
    "shelter",
    "identity",
    "plan",
    "handover",
    "return",
    "consent",
    "closing",
    "incident",
]

ShareLevel = Literal["none", "fact", "fields"]


def _truth(value: object) -> object:
    """The words that a pack writes for yes and no."""
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


Truth = Annotated[bool, BeforeValidator(_truth)]


class Entry(BaseModel):
    """Any entry of a pack: a code, whether somebody has verified it against its source, and that source."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    code: str = Field(pattern=r"^[A-Za-z0-9_.*Ññ-]+$")
    verified: Truth = True
    source: str = ""


class Labelled(Entry):
    """An entry with its words in the two languages of the screens. A missing one is found by ``checks``."""

    label_es: str = ""
    label_en: str = ""

    def label(self, language: str = "es") -> str:
        """The label in a language, in the other one if that is missing, and the code if both are."""
        first, second = (self.label_es, self.label_en) if language.startswith("es") else (self.label_en, self.label_es)
        return first or second or self.code


class Institution(Labelled):
    """Who exists. ``acronym`` is what its people call it; ``kind`` is its value in the HTCDS list ``org_Type``."""

    acronym: str
    kind: str = ""
    state: Truth = True


class Unit(Labelled):
    """A kind of office, the one that a step makes responsible. It may exist in several institutions."""

    institutions: tuple[str, ...]
    shelter: Truth = False


class Office(Entry):
    """One office: a unit of an institution with a name. A shelter has an opaque name and no district (law 5).

    ``district`` and ``departments`` are codes of the pack's first system of places. ``also`` holds other ways in which
    institutions write its name.
    """

    unit: str
    institution: str
    name: str
    district: str | None = None
    departments: tuple[str, ...]
    also: tuple[str, ...] = ()
    takes: Literal["", "child", "adult"] = ""
    valid_from: date | None = None
    valid_to: date | None = None


class Role(Labelled):
    """What people of a kind may do. ``institution`` ``*`` means any; empty ``units`` means any of the institution."""

    institution: str
    units: tuple[str, ...] = ()
    capabilities: tuple[Capability, ...]
    scope: Scope
    compartments: tuple[Compartment, ...] = ()
    about_es: str = ""
    about_en: str = ""

    def may(self, capability: str) -> bool:
        """Whether the role holds a capability."""
        return capability in self.capabilities


class Sharing(Labelled):
    """Whom an event is shown to beyond the unit that wrote it.

    Units under ``fact`` learn that it happened: type, date and who did it. Units under ``fields`` also see the fields
    whose compartment their role may read. Everybody else learns nothing.
    """

    fact: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    def level(self, unit: str) -> ShareLevel:
        """How much a unit other than the writer sees."""
        if unit in self.fields or "*" in self.fields:
            return "fields"
        return "fact" if unit in self.fact or "*" in self.fact else "none"


class Retention(Labelled):
    """How long one kind of data is kept, by the article of law in ``source``; what nobody verified is only reported.

    ``file`` is a delivery as it was handed in and ``row`` a row set aside, both from the day they came; ``narrative``
    and ``identity`` are what a record holds, from the day something was last written of it. Without ``sources`` the
    rule is for every source that no other rule of its kind names.
    """

    kind: Literal["file", "row", "narrative", "identity"]
    sources: tuple[str, ...] = ()
    keep_days: int = Field(ge=1)


class EventField(Labelled):
    """One field of an event. ``multiple`` values are joined by ``;`` in the stored text."""

    kind: Literal["text", "code", "date", "number", "place"]
    list: str = ""
    compartment: Compartment = Compartment.CASE
    required: Truth = False
    multiple: Truth = False
    minimum: int | None = None
    maximum: int | None = None
    # The value with which this field orders that no screen shows the person's name any more.
    reserves: str = ""


class EventType(Labelled):
    """A type of event: its fields, who may write it, whom it is shown to and how a timeline draws it.

    ``person_acts`` marks what the person herself decides; ``milestone`` what a summary of the thread must show;
    ``told_by_many`` what happens once though several institutions write it down, such as a rescue and unlike a
    service; ``place_role`` says what the event's place is in her journey.
    """

    kind: TimelineKind
    fields: tuple[EventField, ...] = ()
    written_by: tuple[str, ...]
    sharing: str
    place_role: Literal["", "recruitment", "transit", "exploitation", "rescue", "report", "service"] = ""
    milestone: Truth = False
    told_by_many: Truth = False
    person_acts: Truth = False
    article: str = ""

    def field(self, code: str) -> EventField | None:
        """The field of a code, if the type has it."""
        return next((field for field in self.fields if field.code == code), None)


class Holiday(Labelled):
    """A day off by rule: a month and day, or days after Easter Sunday, in a span of years (both included)."""

    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)
    easter_offset: int | None = None
    valid_from_year: int = 1900
    valid_to_year: int | None = None
    article: str = ""


class Series(Labelled):
    """A table that somebody publishes of counts, never of people: what its number counts and on what base.

    ``includes_unknown`` says whether what was not identified is inside the base. ``unit_of_count`` is a code of the
    list ``unidad_conteo``: denuncias, victims, files and services are never added together. ``beside`` are the events
    of registers of people that count something near enough to be shown beside the series.
    """

    institution: str
    unit_of_count: str
    base_es: str
    base_en: str
    includes_unknown: Truth
    territory_es: str = ""
    territory_en: str = ""
    place_system: str = ""
    address: str = ""
    note_es: str = ""
    note_en: str = ""
    breakdowns: tuple[Breakdown, ...] = ()
    beside: tuple[Beside, ...] = ()


class Beside(BaseModel):
    """Records of a source that hold an event of a type: what a series is shown beside, and never added to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    event: str


class Breakdown(Labelled):
    """One way in which a series splits its number: parts that must add up to the total, and code list of the parts."""

    total: str
    parts: tuple[SeriesPart, ...] = ()
    list: str = ""


class SeriesPart(BaseModel):
    """One part of a breakdown: the words of the publisher and the code they mean in the list, where one is meant."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    written: str
    code: str = ""


class Manifest(Labelled):
    """``pack.yaml``: which country, which version, in force since when, and what the country calls things by."""

    country: str = Field(pattern=r"^[A-Z]{3}$")
    version: str
    valid_from: date
    languages: tuple[str, ...]
    person_prefix: str = Field(pattern=r"^[A-Z]{2,5}$")
    timezone: str
    place_systems: tuple[str, ...] = Field(min_length=1)
    adult_at: int = Field(default=18, ge=1)
    not_informed: str = "NI"
    not_applicable: str = "NA"


Series.model_rebuild()
Breakdown.model_rebuild()

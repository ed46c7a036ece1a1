"""The words of a route: what a protocol asks for, by whom and by when, as plain immutable values.

A *route* is one version of a protocol for children or for adults; it holds *steps*. A :class:`RouteBook` holds all
routes of a country with the rules that go across them. The country pack fills these; the engine knows no country.
Definitions compare by identity (``eq=False``) because there is one of each in a process and they serve as cache keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta, timezone, tzinfo
from enum import StrEnum

from amparo.kernel.dates import Approx

LEAD = "lead"
"""In place of a unit: whichever body leads the case, as the route's ``leads`` say."""


class Basis(StrEnum):
    """How a term is counted."""

    AT_ONCE = "at_once"
    HOURS = "hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


class Applies(StrEnum):
    """Whom a route is for."""

    CHILD = "child"
    ADULT = "adult"


@dataclass(frozen=True, slots=True)
class Term:
    """Time allowed for a step: an amount of hours, working days or calendar days; ``at_once`` has none."""

    basis: Basis
    amount: int = 0

    def __post_init__(self) -> None:
        if (self.basis is Basis.AT_ONCE) != (self.amount == 0) or self.amount < 0:
            raise ValueError("a term has a positive amount, except at once, which has none")


@dataclass(frozen=True, slots=True)
class EventMatch:
    """Which events are meant: a type, the values that some fields must hold, and the units that may have written it.

    ``where`` pairs a field with the codes of which it must hold at least one. Empty ``where`` and ``by`` ask nothing.
    """

    type: str
    where: tuple[tuple[str, frozenset[str]], ...] = ()
    by: frozenset[str] = frozenset()
    plain: bool = field(init=False, compare=False, repr=False, default=True)
    """Whether the type alone decides."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain", not self.where and not self.by)


@dataclass(frozen=True, slots=True)
class AgeTrigger:
    """A step that starts ``lead_days`` before the person reaches an age, and whose term counts from that birthday."""

    years: int
    lead_days: int = 0


@dataclass(frozen=True, slots=True)
class FactCondition:
    """A fact about the person must (or must not) be one of these codes. What is not known satisfies neither."""

    name: str
    values: frozenset[str]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class EventCondition:
    """An event must have happened in this cycle of the case, or must not have."""

    match: EventMatch
    negated: bool = False


Condition = FactCondition | EventCondition


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Owed again and again, ``every`` term after it was last done; shown ``lead_days`` before it is due."""

    every: Term
    lead_days: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step of a route.

    It is owed by ``responsible`` (a unit, or :data:`LEAD`) from the earliest event of ``starts_when``, within ``due``
    (``None``: the text read sets no term), if every condition of ``applies_if`` holds, and it is done by the earliest
    event of ``fulfilled_by`` in the same cycle (only from the start on where ``only_after_start``). An event of
    ``waived_by`` is the person's own refusal: it frees the institution unless an event of ``lifted_by`` follows. An
    event of ``stops_when`` ends it for another reason. ``each_start`` opens it anew for every start event after it was
    done; ``recurs`` asks for it periodically. ``outlives`` holds what does not end it: ``closing``, ``majority``.
    ``valid_from`` is the day since when the rule itself exists, if it is younger than the protocol. ``critical`` marks
    steps that keep the person safe. ``verified`` is false where nobody has read the article for the term; ``note``
    says so in words.
    """

    code: str
    responsible: str
    starts_when: tuple[EventMatch, ...] = ()
    at_age: AgeTrigger | None = None
    due: Term | None = None
    fulfilled_by: tuple[EventMatch, ...] = ()
    applies_if: tuple[Condition, ...] = ()
    waived_by: tuple[EventMatch, ...] = ()
    lifted_by: tuple[EventMatch, ...] = ()
    stops_when: tuple[EventMatch, ...] = ()
    recurs: Recurrence | None = None
    each_start: bool = False
    only_after_start: bool = False
    outlives: frozenset[str] = frozenset()
    valid_from: date | None = None
    critical: bool = False
    article: str = ""
    source: str = ""
    verified: bool = False
    label_es: str = ""
    label_en: str = ""
    todo_es: str = ""
    todo_en: str = ""
    note_es: str = ""
    note_en: str = ""

    def label(self, language: str) -> str:
        """Its name in a language, Spanish unless English is asked for."""
        return self.label_en if language.startswith("en") else self.label_es

    def todo(self, language: str) -> str:
        """One sentence that says what to do."""
        return self.todo_en if language.startswith("en") else self.todo_es

    def note(self, language: str) -> str:
        """What is not certain about its term, or nothing."""
        return self.note_en if language.startswith("en") else self.note_es


@dataclass(frozen=True, slots=True)
class Lead:
    """A unit that leads cases on which all its conditions hold."""

    unit: str
    applies_if: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """One version of the protocol for children or adults, governing cases that began while it was in force.

    ``leads`` are tried in order and the last must hold always; ``steps`` stand in the order of the protocol.
    """

    code: str
    version: str
    applies: Applies
    valid_from: date
    valid_to: date | None
    leads: tuple[Lead, ...]
    steps: tuple[Step, ...]
    article: str = ""
    label_es: str = ""
    label_en: str = ""

    def label(self, language: str) -> str:
        """Its name in a language."""
        return self.label_en if language.startswith("en") else self.label_es

    def step(self, code: str) -> Step | None:
        """The step with that code, if this route has it."""
        return next((step for step in self.steps if step.code == code), None)


@dataclass(frozen=True, slots=True)
class Closing:
    """What ends and resumes a case.

    A closing written by the body that leads the case, by nobody known, or for a reason of ``ends_all`` (pairs of field
    and codes: a death, a mistake) stops every step; any other stops only the steps of the unit that wrote it.
    """

    closes: frozenset[str] = frozenset()
    reopens: frozenset[str] = frozenset()
    ends_all: tuple[tuple[str, frozenset[str]], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """A rung of the chain that a coordinator watches: the first event of ``reached_by`` reaches it."""

    code: str
    reached_by: tuple[EventMatch, ...]
    child_reached_by: tuple[EventMatch, ...] = ()
    adult_reached_by: tuple[EventMatch, ...] = ()
    label_es: str = ""
    label_en: str = ""

    def label(self, language: str) -> str:
        """Its name in a language."""
        return self.label_en if language.startswith("en") else self.label_es

    def matches(self, *, child: bool) -> tuple[EventMatch, ...]:
        """What reaches it for a child or for an adult."""
        return self.reached_by + (self.child_reached_by if child else self.adult_reached_by)


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """Something about her situation that makes a case more pressing, read from events.

    It is on from an event of ``on`` until a later event of ``off``; on the same day it stays on. What each code means
    for the order of a list is written in ``amparo.engines.route.risk``.
    """

    code: str
    on: tuple[EventMatch, ...]
    off: tuple[EventMatch, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class RouteBook:
    """All routes of a country and the rules across them.

    ``rescue`` is the event that opens a cycle; reports of it by different records at most ``same_rescue_days`` apart
    are one rescue. ``background`` are events that tell what was done to the person before anybody helped and open no
    case. ``adult_at`` is the age of majority; ``timezone`` says which day it is.
    """

    routes: tuple[Route, ...]
    rescue: str = "rescate"
    same_rescue_days: int = 0
    background: frozenset[str] = frozenset()
    closing: Closing = Closing()
    stages: tuple[Stage, ...] = ()
    signals: tuple[Signal, ...] = ()
    adult_at: int = 18
    timezone: tzinfo = field(default=timezone(timedelta(0)))

    def route(self, applies: Applies, on: date) -> Route | None:
        """The version for children or adults that governs a case which began on a day.

        Transition rule: a case keeps the version in force on the day it began, so that nobody is called late by a rule
        that did not exist. One older than every version is read with the oldest.
        """
        versions = sorted((r for r in self.routes if r.applies is applies), key=lambda r: r.valid_from)
        begun = [r for r in versions if r.valid_from <= on]
        return begun[-1] if begun else (versions[0] if versions else None)

    def step(self, route: str, code: str) -> Step | None:
        """The definition of a step by the code of its route, for showing its words."""
        found = next((r for r in self.routes if r.code == route), None)
        return found.step(code) if found else None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the route needs to know of a person beside her events; empty means not known.

    ``codes`` holds further facts by name for conditions of a pack, such as ``documented``: ``yes`` or ``no``.
    """

    birth: Approx | None = None
    nationality: str = ""
    documented: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)

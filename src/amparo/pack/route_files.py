"""The shapes of the files under ``route/`` and how each part becomes a value of the route engine.

``index.yaml`` holds what goes across all routes; ``steps.yaml`` says once what each step is; every other file is one
version of the protocol for children or adults: which of those steps it asks for, by when, and under which article.
A version may override anything of a step that it uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from amparo.engines.route.model import (
    AgeTrigger,
    Applies,
    Basis,
    Condition,
    EventCondition,
    EventMatch,
    FactCondition,
    Lead,
    Recurrence,
    Signal,
    Stage,
    Term,
)
from amparo.pack.definitions import Truth


class _Part(BaseModel):
    """Any part of a route file: immutable, and nothing in it that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _named(value: object) -> object:
    """A bare word where a match is expected is the type of an event."""
    return {"event": value} if isinstance(value, str) else value


class MatchEntry(_Part):
    """Events meant: ``rescate``, or ``{event: derivacion, where: {destino: [upe]}, by: [pnp]}``."""

    event: str
    where: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    by: tuple[str, ...] = ()

    def build(self) -> EventMatch:
        """The engine's value."""
        where = tuple((name, frozenset(codes)) for name, codes in self.where.items())
        return EventMatch(self.event, where, frozenset(self.by))


Match = Annotated[MatchEntry, BeforeValidator(_named)]
Matches = tuple[Match, ...]


class ConditionEntry(_Part):
    """``{fact: nationality, is_not: [PER]}``, ``{happened: ingreso_udavit}`` or ``{not_happened: …}``."""

    fact: str = ""
    is_: tuple[str, ...] = Field(default=(), alias="is")
    is_not: tuple[str, ...] = ()
    happened: Match | None = None
    not_happened: Match | None = None

    @model_validator(mode="after")
    def _one_question(self) -> ConditionEntry:
        asked = [bool(self.fact), self.happened is not None, self.not_happened is not None]
        if sum(asked) != 1 or (bool(self.fact) != (bool(self.is_) != bool(self.is_not))):
            raise ValueError("a condition asks one thing: a fact (is or is_not), happened, or not_happened")
        return self

    def build(self) -> Condition:
        """The engine's value."""
        if self.fact:
            return FactCondition(self.fact, frozenset(self.is_ or self.is_not), negated=bool(self.is_not))
        if self.happened is not None:
            return EventCondition(self.happened.build())
        assert self.not_happened is not None  # noqa: S101 - the validator saw to it
        return EventCondition(self.not_happened.build(), negated=True)


def _at_once(value: object) -> object:
    return {} if value == "at_once" else value


class TermEntry(_Part):
    """``at_once``, ``{hours: 24}``, ``{working_days: 5}`` or ``{calendar_days: 30}``."""

    hours: int | None = Field(default=None, ge=1)
    working_days: int | None = Field(default=None, ge=1)
    calendar_days: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _one_basis(self) -> TermEntry:
        if len([amount for amount in (self.hours, self.working_days, self.calendar_days) if amount]) > 1:
            raise ValueError("a term is counted in one way")
        return self

    def build(self) -> Term:
        """The engine's value."""
        if self.hours:
            return Term(Basis.HOURS, self.hours)
        if self.working_days:
            return Term(Basis.WORKING_DAYS, self.working_days)
        return Term(Basis.CALENDAR_DAYS, self.calendar_days) if self.calendar_days else Term(Basis.AT_ONCE)


Within = Annotated[TermEntry, BeforeValidator(_at_once)]


class RecursEntry(_Part):
    """``{every: {calendar_days: 90}, lead_days: 15}``."""

    every: Within
    lead_days: int = Field(default=0, ge=0)

    def build(self) -> Recurrence:
        """The engine's value."""
        return Recurrence(self.every.build(), self.lead_days)


class AgeEntry(_Part):
    """``{years: 18, lead_days: 90}``."""

    years: int = Field(ge=1)
    lead_days: int = Field(default=0, ge=0)

    def build(self) -> AgeTrigger:
        """The engine's value."""
        return AgeTrigger(self.years, self.lead_days)


class StepRules(_Part):
    """What a step says in the catalogue and what a version may say otherwise. Unset means: as the catalogue says."""

    responsible: str = ""
    starts_when: Matches = ()
    at_age: AgeEntry | None = None
    due: Within | None = None
    fulfilled_by: Matches = ()
    applies_if: tuple[ConditionEntry, ...] = ()
    waived_by: Matches = ()
    lifted_by: Matches = ()
    stops_when: Matches = ()
    recurs: RecursEntry | None = None
    each_start: Truth = False
    only_after_start: Truth = False
    outlives: tuple[Literal["closing", "majority"], ...] = ()
    valid_from: date | None = None
    critical: Truth = False
    article: str = ""
    source: str = ""
    verified: Truth = False
    label_es: str = ""
    label_en: str = ""
    todo_es: str = ""
    todo_en: str = ""
    note_es: str = ""
    note_en: str = ""

    def said(self) -> dict[str, Any]:
        """What was written, as arguments of the engine's ``Step``."""
        return {name: _built(getattr(self, name)) for name in self.model_fields_set if name not in ("code", "step")}


class StepEntry(StepRules):
    """One step of the catalogue."""

    code: str = Field(pattern=r"^[a-z_]+$")


class StepUse(StepRules):
    """A step as a version of the protocol asks for it."""

    step: str


class LeadEntry(_Part):
    """Who leads a case: ``{unit: udavit, applies_if: […]}``."""

    unit: str
    applies_if: tuple[ConditionEntry, ...] = ()

    def build(self) -> Lead:
        """The engine's value."""
        return Lead(self.unit, tuple(condition.build() for condition in self.applies_if))


class RouteFile(_Part):
    """One version of the protocol for children or for adults."""

    code: str = Field(pattern=r"^[a-z0-9-]+$")
    version: str
    applies: Applies
    valid_from: date
    valid_to: date | None = None
    article: str
    label_es: str
    label_en: str
    leads: tuple[LeadEntry, ...] = Field(min_length=1)
    steps: tuple[StepUse, ...] = Field(min_length=1)


class StageEntry(_Part):
    """One rung of the chain."""

    code: str
    label_es: str
    label_en: str
    reached_by: Matches = ()
    child_reached_by: Matches = ()
    adult_reached_by: Matches = ()

    def build(self) -> Stage:
        """The engine's value."""
        return Stage(
            self.code,
            tuple(match.build() for match in self.reached_by),
            tuple(match.build() for match in self.child_reached_by),
            tuple(match.build() for match in self.adult_reached_by),
            self.label_es,
            self.label_en,
        )


class SignalEntry(_Part):
    """Something that makes a case more pressing: ``{code: no_contact, begins: […], ends: […]}``.

    Its keys are not the engine's ``on`` and ``off`` because YAML reads those two words as yes and no.
    """

    code: Literal["severe_risk", "moderate_risk", "left_shelter", "no_contact", "refused"]
    begins: Matches = Field(min_length=1)
    ends: Matches = ()

    def build(self) -> Signal:
        """The engine's value."""
        return Signal(self.code, tuple(m.build() for m in self.begins), tuple(m.build() for m in self.ends))


class ClosingEntry(_Part):
    """What ends and resumes a case."""

    closes: tuple[str, ...]
    reopens: tuple[str, ...]
    ends_all: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)


class IndexFile(_Part):
    """What goes across all routes."""

    rescue: str
    same_rescue_days: int = Field(ge=0)
    background: tuple[str, ...] = ()
    closing: ClosingEntry
    stages: tuple[StageEntry, ...] = ()
    signals: tuple[SignalEntry, ...] = ()


def _built(value: Any) -> Any:
    """A value of a file as the engine wants it."""
    if isinstance(value, tuple):
        return tuple(_built(item) for item in value)
    return value.build() if hasattr(value, "build") else value

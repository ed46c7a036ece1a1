"""What a person has consented to, as a fold over her events. Pure.

To whom, for what, which parts, until when, how it was given and by whom. A consent is never in force by itself: it is
so at a moment, after everything that was refused or withdrawn since. Whatever ends one counts at once, whoever says
it; what gives one has to be sound: in a form that suffices, by somebody who may give it (Ley 29733 arts. 13 and 14).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from amparo.kernel.dates import Approx
from amparo.pack.rights import ConsentTerms
from amparo.registries.queries.events import Written
from amparo.registries.rules import standing


class State(StrEnum):
    """How a consent stands at a moment; only ``LIVE`` opens anything."""

    LIVE = "live"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    # Given by a representative who may be the trafficker: waits for somebody to confirm her.
    CONFLICT = "conflict"
    # Given by a child alone, or by a representative for somebody who is of age by now.
    NOT_HERS_TO_GIVE = "not_hers_to_give"
    FORM_TOO_WEAK = "form_too_weak"


@dataclass(frozen=True, slots=True)
class Consent:
    """One consent or refusal as it stands. ``units`` are its recipients; ``parts`` the compartments it covers."""

    id: UUID
    record: UUID
    on: date
    until: date | None
    institution: str
    units: frozenset[str]
    purpose: str
    parts: frozenset[str]
    form: str
    giver: str
    state: State
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Age:
    """From which day on she is of age for certain; in doubt she is a child."""

    of_age_on: date | None = None

    @classmethod
    def of(cls, births: Sequence[Approx], adult_at: int) -> Age:
        """By what her records say together of her birth."""
        born = standing.birth(births)
        return cls(born.birthday(adult_at).latest if born else None)

    def is_adult_on(self, day: date) -> bool:
        """Whether she is of age for certain."""
        return self.of_age_on is not None and day >= self.of_age_on


def consents(events: Iterable[Written], book: Mapping[str, ConsentTerms], age: Age, on: date) -> list[Consent]:
    """Every consent and refusal of one person as it stands on a day, the newest first."""
    told = [event for event in standing.standing(list(events)) if event.type in book]
    found: list[Consent] = []
    for event in sorted(told, key=lambda each: _order(each, book[each.type])):
        terms = book[event.type]
        decision = str(event.data.get(terms.decision, ""))
        if decision in terms.gives:
            found.append(_given(event, terms, age, on))
        elif decision in terms.ends:
            found = [*_ended(found, event, terms), *_refused(event, terms, found)]
        elif decision in terms.confirms and event.unit in terms.confirmed_by:
            found = [_confirmed(each, event, terms, age, on) for each in found]
    return found[::-1]


def consented(unit: str, purposes: Collection[str], compartment: str, events: Sequence[Consent], on: date) -> bool:
    """Whether a unit may see a compartment for any of these purposes by a consent that is in force on a day."""
    return any(
        each.state is State.LIVE
        and unit in each.units
        and each.purpose in purposes
        and compartment in each.parts
        and each.on <= on
        and (each.until is None or on <= each.until)
        for each in events
    )


def parts_for(unit: str, purposes: Collection[str], found: Sequence[Consent], on: date) -> frozenset[str]:
    """Every compartment that a unit may see by consents in force."""
    named = {part for each in found for part in each.parts}
    return frozenset(part for part in named if consented(unit, purposes, part, found, on))


def _order(event: Written, terms: ConsentTerms) -> tuple[Any, ...]:
    """By the day it happened, then as written; of one moment, what ends a consent comes last: it protects more."""
    ends = event.data.get(terms.decision) in terms.ends
    return event.on, event.recorded_at, ends, event.id


def _given(event: Written, terms: ConsentTerms, age: Age, on: date) -> Consent:
    given = _told(event, terms, State.LIVE)
    return replace(given, state=_soundness(given, terms, age, on, confirmed=False))


def _soundness(given: Consent, terms: ConsentTerms, age: Age, on: date, *, confirmed: bool) -> State:
    if given.until is not None and given.until < on:
        return State.EXPIRED
    if given.form not in terms.enough:
        return State.FORM_TOO_WEAK
    adult = age.is_adult_on(on)
    if given.giver in terms.by_state:
        return State.NOT_HERS_TO_GIVE if adult else State.LIVE
    if given.giver in terms.by_representative:
        if adult:
            return State.NOT_HERS_TO_GIVE
        return State.LIVE if confirmed else State.CONFLICT
    return State.LIVE if age.is_adult_on(given.on) else State.NOT_HERS_TO_GIVE


def _told(event: Written, terms: ConsentTerms, state: State) -> Consent:
    purpose, form = str(event.data.get(terms.purpose, "")), str(event.data.get(terms.form, ""))
    named = _list(event, terms.recipient) or terms.recipients.get(purpose, (event.unit,))
    until = event.data.get(terms.until)
    return Consent(
        id=event.id,
        record=event.record,
        on=event.on,
        until=date.fromisoformat(str(until)) if until else None,
        institution=event.institution,
        units=frozenset(named),
        purpose=purpose,
        parts=frozenset(_list(event, terms.compartments) or terms.implied),
        form=form,
        giver=str(event.data.get(terms.giver) or (form if form in terms.by_representative else "")),
        state=state,
    )


def _list(event: Written, field: str) -> tuple[str, ...]:
    return tuple(filter(None, str(event.data.get(field, "")).split(";")))


def _touches(ending: Consent, given: Consent, *, names_nobody: bool) -> bool:
    """Whether a refusal or withdrawal ends a consent: of its purpose, and for any of its recipients or for all."""
    same = not ending.purpose or ending.purpose == given.purpose
    return same and (names_nobody or not ending.units.isdisjoint(given.units))


def _ended(found: Iterable[Consent], event: Written, terms: ConsentTerms) -> Iterator[Consent]:
    """What is left of earlier consents; a withdrawal for one of several recipients leaves it to the others."""
    ending, names_nobody = _told(event, terms, State.REFUSED), not _list(event, terms.recipient)
    for each in found:
        if each.state is State.REFUSED or each.ended_on or not _touches(ending, each, names_nobody=names_nobody):
            yield each
            continue
        left = frozenset() if names_nobody else each.units - ending.units
        gone = each.units - left
        yield replace(each, units=gone, state=State.WITHDRAWN, ended_on=event.on)
        if left:
            yield replace(each, units=left)


def _refused(event: Written, terms: ConsentTerms, before: Iterable[Consent]) -> list[Consent]:
    """A refusal stands in the list by itself where there was nothing to end."""
    ending, names_nobody = _told(event, terms, State.REFUSED), not _list(event, terms.recipient)
    alone = not any(_touches(ending, each, names_nobody=names_nobody) for each in before)
    return [ending] if alone else []


def _confirmed(given: Consent, event: Written, terms: ConsentTerms, age: Age, on: date) -> Consent:
    """A conflict that somebody of another kind of office resolved in the representative's favour, for one purpose."""
    same = str(event.data.get(terms.purpose, "")) == given.purpose
    if given.state is not State.CONFLICT or not same:
        return given
    return replace(given, state=_soundness(given, terms, age, on, confirmed=True))

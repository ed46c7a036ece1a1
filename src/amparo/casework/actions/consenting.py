"""Writing down that a person consents, refuses or withdraws: one event each, from the page of her consents."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.access.actors import Actor
from amparo.access.rules.deciding import Act, Asked
from amparo.casework.actions import noting
from amparo.casework.actions.noting import Told
from amparo.casework.queries import consents, persons
from amparo.casework.rules.consents import State
from amparo.kernel.errors import Conflict, Invalid, NotFound
from amparo.pack.current import pack
from amparo.pack.rights import ConsentTerms


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided, or somebody for her: the codes are the pack's."""

    purpose: str
    units: Collection[str]
    parts: Collection[str]
    form: str
    giver: str
    on: date
    until: date | None = None
    refuses: bool = False


def write(*, actor: Actor, person_id: UUID, decided: Decided, at: datetime) -> UUID:
    """Write a consent or a refusal down; returns the event's id. Raises as :func:`noting.note`."""
    terms = _terms()
    if not decided.units or (not decided.parts and not decided.refuses):
        raise Invalid("consent.says_nothing")
    data = {
        terms.purpose: decided.purpose,
        terms.decision: _refusal(terms) if decided.refuses else terms.gives[0],
        terms.recipient: ";".join(sorted(decided.units)),
        terms.compartments: ";".join(sorted(decided.parts)),
        terms.form: decided.form,
        terms.giver: decided.giver,
        terms.until: decided.until.isoformat() if decided.until else "",
    }
    told = Told(terms.code, decided.on, data={code: value for code, value in data.items() if value})
    return noting.note(actor=actor, person_id=person_id, told=told, at=at)


def withdraw(*, actor: Actor, person_id: UUID, consent_id: UUID, at: datetime) -> UUID:
    """End a consent for all its recipients; whoever received data by it is asked to give them up.

    Access ends with the transaction. Raises ``NotFound`` where it is not hers and ``Conflict`` where it has ended.
    """
    return _about(actor, person_id, consent_id, _terms().ends[0], at)


def confirm(*, actor: Actor, person_id: UUID, consent_id: UUID, at: datetime) -> UUID:
    """Say that the representative who consented may act for her; for the kinds of offices that the pack names."""
    if actor.unit not in _terms().confirmed_by:
        raise Invalid("consent.not_yours_to_confirm")
    return _about(actor, person_id, consent_id, _terms().confirms[0], at)


def _about(actor: Actor, person_id: UUID, consent_id: UUID, decision: str, at: datetime) -> UUID:
    """An event about a consent that was written before: the same purpose and recipients."""
    terms = _terms()
    with transaction.atomic():
        person, _ = persons.opened(actor, person_id, Asked(Act.WRITE), at=at)
        found = [each for each in consents.of_records(persons.records_of([person.id])[person.id], at)
                 if each.id == consent_id]  # fmt: skip
        if not found:
            raise NotFound("consent.unknown")
        standing = [each for each in found if each.state not in (State.WITHDRAWN, State.REFUSED)]
        if not standing:
            raise Conflict("consent.has_ended")
        units = sorted({unit for each in standing for unit in each.units})
        data = {terms.purpose: found[0].purpose, terms.decision: decision, terms.recipient: ";".join(units)}
        told = Told(terms.code, timezone.localdate(at), data=data)
        return noting.note(actor=actor, person_id=person.id, told=told, at=at)


def _terms() -> ConsentTerms:
    terms = next(iter(pack().rights.consents.values()), None)
    if terms is None:
        raise Invalid("consent.not_in_this_country")
    return terms


def _refusal(terms: ConsentTerms) -> str:
    return terms.ends[-1]

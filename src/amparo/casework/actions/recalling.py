"""Asking back what was received by a consent that has ended, and keeping the answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.access import alerts
from amparo.access import queries as users
from amparo.access.actors import Actor
from amparo.casework.models import Reach, Recall
from amparo.casework.queries import consents, materials, persons
from amparo.casework.rules.consents import State
from amparo.kernel.errors import Conflict, Invalid, NotFound
from amparo.ledger import actions as ledger
from amparo.ledger import queries as entries
from amparo.pack.current import pack
from amparo.pack.rights import ConsentTerms
from amparo.registries.queries import events
from amparo.registries.queries.events import Written

ANSWERS = ("deleted", "kept")
KIND = "recall"
_READINGS = ("thread.read", "record.read", "record.reveal", "identity.reveal", "narrative.reveal")
_TERM = "devolucion"
Given = frozenset[tuple[str, str]]
"""Units with the purposes for which a consent in force lets them have data."""


def given(records: Collection[UUID], at: datetime) -> Given:
    """What is in force for the person of these records."""
    live = (each for each in consents.of_records(sorted(records), at) if each.state is State.LIVE)
    return frozenset((unit, each.purpose) for each in live for unit in each.units)


def send(*, actor: Actor, before: Given, record: UUID, at: datetime) -> int:
    """Recall what was given before and is not any more; in the caller's transaction. Returns how many offices got one.

    Those are asked who read her data, or to whom she was referred, by the ledger and by her ties.
    """
    person = persons.anchor_of(record)
    members = persons.records_of([person])[person]
    return _send(actor, person, members, record, before - given(members, at), at)


def send_delivered(*, actor: Actor, records: Collection[UUID], at: datetime) -> int:
    """The same for consents that a delivery ended or took back, in the caller's transaction, once projected.

    It may be repeated: what was asked back since the delivery is not asked again. Returns how many offices got one.
    """
    book, sent = pack().rights.consents, 0
    told = (each for each in events.of_types(records, book) if each.batch and _may_end(each, book[each.type]))
    ending = sorted({(each.recorded_at, each.record) for each in told})
    first = _first_given({record for _, record in ending}, book)
    for moment, record in ending:
        if record not in first or first[record] >= moment:
            continue
        person = persons.anchor_of(record)
        members = persons.records_of([person])[person]
        if lost := _given_before(members, moment) - given(members, at):
            sent += _send(actor, person, members, record, lost, at, since=moment)
    return sent


def _first_given(records: Collection[UUID], book: Mapping[str, ConsentTerms]) -> dict[UUID, datetime]:
    """When the person of each of these records was first written to give a consent; most never were before."""
    whose = persons.persons_of(records)
    members = persons.records_of(set(whose.values()))
    person_of = {record: person for person, ids in members.items() for record in ids}
    first: dict[UUID, datetime] = {}
    for event in events.of_types(list(person_of), book):
        if event.data.get(book[event.type].decision) in book[event.type].gives:
            person = person_of[event.record]
            first[person] = min(event.recorded_at, first.get(person, event.recorded_at))
    return {record: first[person] for record, person in whose.items() if person in first}


def _may_end(event: Written, terms: ConsentTerms) -> bool:
    """Whether it withdraws or refuses, or takes the place of what was told before."""
    return event.supersedes is not None or event.data.get(terms.decision) in terms.ends


def _given_before(members: Collection[UUID], moment: datetime) -> Given:
    """What was in force for the person of these records until something was written at a moment."""
    material = next(materials.of([members]))
    told = tuple(event for event in material.events if event.recorded_at < moment)
    live = (each for each in consents.of(replace(material, events=told), moment) if each.state is State.LIVE)
    return frozenset((unit, each.purpose) for each in live for unit in each.units)


def _send(
    actor: Actor,
    person: UUID,
    members: Collection[UUID],
    record: UUID,
    gone: Given,
    at: datetime,
    since: datetime | None = None,
) -> int:
    """Ask back what is gone; with ``since`` only from offices that were not asked from then on."""
    asked = _asked_since(members, since) if since else set()
    lost = sorted(gone)
    offices = _received(person, members, {unit for unit, _ in lost})
    due = _due(timezone.localdate(at))
    made = [
        Recall(
            record=record, purpose=purpose, institution=office[0], unit=office[1], office=office[2], sent_at=at,
            due_on=due,
        )
        for unit, purpose in lost
        for office in sorted(offices)
        if office[1] == unit and (purpose, *office) not in asked
    ]  # fmt: skip
    if since and not made:
        return 0
    Recall.objects.bulk_create(made)
    for each in made:
        office = (each.institution, each.unit, each.office)
        alerts.tell_office(kind=KIND, office=office, subjects=[record], about=each.id, at=at)
    if lost:
        ledger.record(
            author=actor.author, act="consent.recall", at=at, purpose="consent", basis="record", subjects=members,
            detail={"units": sorted({unit for unit, _ in lost}), "offices": len(made)},
        )  # fmt: skip
    return len(made)


def _asked_since(members: Collection[UUID], since: datetime) -> set[tuple[str, str, str, str]]:
    """Purpose and office of each recall that was sent about her from a moment on."""
    sent = Recall.objects.filter(record__in=list(members), sent_at__gte=since)
    return set(sent.values_list("purpose", "institution", "unit", "office"))


def answer(*, actor: Actor, recall_id: UUID, answer: str, at: datetime) -> None:
    """What the office did with the data: ``deleted``, or ``kept`` on another ground in law.

    Raises ``Denied``, ``NotFound`` where it is another office's, ``Invalid`` and ``Conflict`` where it was answered.
    """
    actor.require("alerts_read")
    if answer not in ANSWERS:
        raise Invalid("recall.no_answer")
    if answer == "kept" and pack().rights.needs_consent(actor.unit):
        raise Invalid("recall.nothing_to_keep_it_by")
    with transaction.atomic():
        row = Recall.objects.select_for_update().filter(id=recall_id, **_own(actor)).first()
        if row is None:
            raise NotFound("recall.unknown")
        if row.answer:
            raise Conflict("recall.answered")
        row.answer, row.answered_at, row.answered_by = answer, at, actor.name
        row.save()
        ledger.record(
            author=actor.author, act="recall.answer", at=at, purpose="consent", basis="role", subjects=[row.record],
            detail={"answer": answer},
        )  # fmt: skip


def _received(person: UUID, members: Collection[UUID], units: Collection[str]) -> set[tuple[str, str, str]]:
    """Offices of these units that read her data, or were told of her by a referral."""
    readers = users.offices_of(entries.authors_about(members, _READINGS))
    referred = Reach.objects.filter(person=person, relation="referral").values_list("institution", "unit", "office")
    named = {office for office in referred if office[2]}
    return {office for office in readers | named if office[1] in units}


def _due(today: date) -> date:
    term = pack().rights.terms.get(_TERM)
    return pack().holidays.add_working_days(today, term.working_days) if term and term.working_days else today


def _own(actor: Actor) -> dict[str, object]:
    return {"institution": actor.institution, "unit": actor.unit, "office__in": ("", actor.office)}

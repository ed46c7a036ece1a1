"""The thread: everything that happened to a person, across institutions, as far as the reader may see it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.access.rules import fields
from amparo.access.rules.deciding import Act, Asked
from amparo.access.rules.fields import Sight
from amparo.access.rules.relations import Relation
from amparo.casework.queries import consents, looks, materials, naming, persons, shapes
from amparo.casework.queries.shapes import Obligation, Person
from amparo.casework.rules import projecting
from amparo.ledger import actions as ledger
from amparo.pack.current import pack
from amparo.registries.identity import NARRATIVE
from amparo.registries.queries.events import Written
from amparo.registries.queries.records import RecordFacts
from amparo.vault import queries as vault

CASE = "case"


@dataclass(frozen=True, slots=True)
class Seen:
    """An event as a reader may see it: with its coded fields and the writer's words, or only that it happened."""

    event: Written
    sight: Sight
    data: Mapping[str, Any]
    narrative: str
    superseded: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """A person with all that belongs to her. ``withheld`` counts, by institution, events the reader may not see."""

    person: Person
    records: tuple[RecordFacts, ...]
    events: tuple[Seen, ...]
    obligations: tuple[Obligation, ...]
    withheld: Mapping[str, int]
    relation: Relation
    # What the person's consent opens to a reader whose ground it is; None for everybody else.
    agreed: frozenset[str] | None = None
    # What was asked for in an emergency; empty for everybody else.
    parts: frozenset[str] = frozenset()


def read(*, actor: Actor, person_id: UUID, at: datetime, purpose: str = "follow_up", on_paper: bool = False) -> Thread:
    """Read a person's thread. The reading is in the ledger before anything is returned (law 4).

    Raises ``Denied`` where the role reads no threads, may not put this one on paper, or the account has opened enough
    people today, and ``NotFound`` where the
    actor may not know the person.
    """
    with transaction.atomic():
        person, relation = persons.opened(actor, person_id, Asked(Act.THREAD, leaves_the_screen=on_paper), at=at)
        looks.require_room(actor=actor, person=person.id, relation=relation, at=at)
        members = persons.records_of([person.id])[person.id]
        ledger.record(author=actor.author, act="thread.read", at=at, purpose=purpose, basis=relation, subjects=members)
    return _thread(actor, person, members, relation, at)


def _thread(actor: Actor, person: Person, members: list[UUID], relation: Relation, at: datetime) -> Thread:
    material = next(materials.of([members]))
    written = list(material.events)
    owed = projecting.project(material, projecting.country(pack()), at, keep=projecting.EVERY).obligations
    superseded = {event.supersedes for event in written if event.supersedes}
    seen: list[Seen] = []
    withheld: dict[str, int] = {}
    agreed = consents.agreed(actor, material, at)
    parts = persons.parts_in_an_emergency(actor, person.id, relation, at)
    opened = fields.compartments(actor, relation, parts)
    texts = _narratives(actor, written, opened)
    hidden = naming.hiding(members) if person.reserved else _as_written
    # Of one day, what the pack names first comes first: the crime before the rescue, the opening before the service.
    place = {code: number for number, code in enumerate(pack().events)}
    last = len(place)
    for event in sorted(written, key=lambda e: (e.on, place.get(e.type, last), e.recorded_at, e.id)):
        sight = sight_of(actor, event, agreed)
        if sight is None:
            withheld[event.institution] = withheld.get(event.institution, 0) + 1
            continue
        own = texts.get(event.id, {}) if sight == "full" else {}
        data = (
            {**_readable(event, _agreed_to(actor, event, opened, agreed)), **own.get("fields", {})}
            if sight == "full"
            else {}
        )
        shown = {code: hidden(value) if isinstance(value, str) else value for code, value in data.items()}
        seen.append(Seen(event, sight, shown, hidden(own.get("text", "")), event.id in superseded or event.retracts))
    steps = tuple(step for step in map(shapes.projected, owed) if _is_told(actor, step, agreed))
    return Thread(person, material.records, tuple(seen), steps, withheld, relation, agreed, parts)


def sight_of(actor: Actor, event: Written, agreed: frozenset[str] | None) -> Sight | None:
    """How much of an event a reader sees, as the pack shares it and, where that is her ground, the person agrees.

    ``agreed`` comes from :func:`amparo.casework.queries.consents.agreed`.
    """
    refused = agreed is not None and CASE not in agreed
    return fields.sight(actor, _writer(event), "none" if refused else pack().share(event.type, actor.unit))


def _is_told(actor: Actor, step: Obligation, agreed: frozenset[str] | None) -> bool:
    """Without her consent an office that depends on it knows of its own steps only: others' tell what happened."""
    return agreed is None or CASE in agreed or step.unit == actor.unit


def _agreed_to(actor: Actor, event: Written, opened: frozenset[str], agreed: frozenset[str] | None) -> frozenset[str]:
    """The compartments of an event that are open: of what others wrote, no more than the person agrees to."""
    own = _writer(event) == (actor.institution, actor.unit)
    return opened if own or agreed is None else opened & agreed


def _writer(event: Written) -> tuple[str, str]:
    return event.institution, event.unit


def _readable(event: Written, opened: Collection[str]) -> dict[str, Any]:
    """The event's fields in compartments that the reader may open."""
    allowed = fields.readable(pack().events.get(event.type), opened)
    return {code: value for code, value in event.data.items() if code in allowed}


def _narratives(actor: Actor, written: list[Written], opened: Collection[str]) -> dict[UUID, dict[str, Any]]:
    """Workers' own words and free texts, of the reader's own unit only: a psychologist does not write for the police.

    Each is the sealed document ``{"text": …, "fields": {code: text}}``; imported ones may lack ``fields``.
    """
    if NARRATIVE not in opened:
        return {}
    mine = [
        event.id
        for event in written
        if event.has_narrative and (event.institution, event.unit) == (actor.institution, actor.unit)
    ]
    return {event: json.loads(plain) for event, plain in vault.open_many(mine, NARRATIVE).items()}


def _as_written(text: str) -> str:
    return text

"""Asking whether somebody is known before a record of hers is written: one question behind the page and the API.

It is compared as any record that comes in by itself. What was asked with is compared and forgotten: the ledger has
whom it found and which parts were told, never the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.access import trawling
from amparo.access.actors import Actor
from amparo.casework import models
from amparo.casework.queries import persons, search, shapes
from amparo.casework.queries.search import Holder
from amparo.casework.queries.shapes import Person
from amparo.casework.rules import knowing
from amparo.casework.rules.knowing import Agreement, Told
from amparo.engines.linkage.batch import ScoredPair
from amparo.engines.linkage.explain import explain
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.weigh import Model
from amparo.kernel.errors import Invalid
from amparo.ledger import actions as ledger
from amparo.pack.current import pack
from amparo.registries.queries import intake, records

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Likely:
    """A person who may be the one, by the record of hers that fits best. ``sureness`` is 3, 2 or 1.

    ``contradictions`` are codes of what keeps the machine from joining them alone, such as a sister's names.
    """

    person: Person
    initials: str
    sureness: int
    agreement: Agreement
    contradictions: tuple[str, ...]
    in_reach: bool
    holder: Holder


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of the question.

    ``problems`` says by part what could not be read, and ``too_little`` that it would mean too many people: then
    nothing was looked up. ``only_known`` roles are told yes or no and whom to call, and nothing else of ``found``.
    """

    found: tuple[Likely, ...] = ()
    more: bool = False
    only_known: bool = False
    too_little: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)


def ask(*, actor: Actor, told: Told, purpose: str, at: datetime, least: bool = False) -> Answer:
    """The persons who may be the one that was told of, the likeliest first, at most :data:`SHOWN`.

    With ``least``, yes or no and whom to call, whatever the role.

    Raises ``Denied`` where the role may not ask or has asked too much, and ``Invalid`` without a purpose of the pack.
    """
    actor.require("search_hit")
    if purpose not in pack().codes["finalidad_acceso"]:
        raise Invalid("access.purpose")
    only_known = least or not actor.can("search_thread")
    read = knowing.understood(told, search.vocabulary(), pack().names.particles, timezone.localdate(at))
    problems = {**read.problems, **_unknown(told)}
    enough = knowing.points_to_one if only_known else knowing.says_enough
    if problems or not enough(read.fields):
        return Answer(only_known=only_known, too_little=not problems, problems=problems)
    trawling.count(actor=actor, at=at)
    return _asked(actor, told, read.fields, purpose, at, only_known=only_known)


def _unknown(told: Told) -> dict[str, str]:
    """Codes that the pack does not have, by part."""
    places = {"origin": told.origin, "event_place": told.event_place}
    found = {name: "known.no_place" for name, code in places.items() if code and pack().places.get(code) is None}
    if told.document_kind and told.document_kind not in pack().codes["documento"]:
        found["document_kind"] = "known.no_document_kind"
    return found


def _asked(actor: Actor, told: Told, fields: Fields, purpose: str, at: datetime, *, only_known: bool) -> Answer:
    name, model = intake.current_model()
    best = _by_person(pair for pair in intake.compare(fields, model) if pair.verdict != "no")
    told_of = search.told_of(actor=actor, people=list(best), at=at)
    fitting = [person for person in best if person in told_of]
    if only_known:
        fitting = [each for each in fitting if _is_likely(best[each], model)]
    shown = fitting[:SHOWN]
    members = persons.records_of(shown)
    with transaction.atomic():
        ledger.record(
            author=actor.author,
            act=trawling.ASKING,
            at=at,
            purpose=purpose,
            basis="role",
            subjects=[record for ids in members.values() for record in ids],
            detail={"by": list(told.parts), "model": name, "people": len(shown)},
        )
    found = _found(actor, {person: best[person] for person in shown}, members, model)
    return Answer(found, len(fitting) > SHOWN, only_known)


def _by_person(pairs: Iterable[ScoredPair]) -> dict[UUID, ScoredPair]:
    """The best pair of each person, the best first. The record that was asked with has no id: the other is hers."""
    ordered = {UUID(pair.right): pair for pair in pairs}
    whose = persons.persons_of(ordered)
    best: dict[UUID, ScoredPair] = {}
    for record, pair in ordered.items():
        if record in whose:
            best.setdefault(whose[record], pair)
    return best


def _is_likely(pair: ScoredPair, model: Model) -> bool:
    return knowing.is_likely(model.probability(pair.score), pair.contradictions)


def _sureness(pair: ScoredPair, model: Model) -> int:
    return knowing.sureness(model.probability(pair.score), pair.contradictions)


def _found(
    actor: Actor, best: Mapping[UUID, ScoredPair], members: Mapping[UUID, Sequence[UUID]], model: Model
) -> tuple[Likely, ...]:
    known = {row.id: shapes.person(row) for row in models.Person.objects.filter(id__in=list(best))}
    reach = set(persons.visible(actor).filter(id__in=list(best)).values_list("id", flat=True))
    letters = persons.initials_among(members)
    facts = records.facts({record for some in members.values() for record in some})
    return tuple(
        Likely(
            person=known[person],
            initials=letters.get(person, ""),
            sureness=_sureness(pair, model),
            agreement=knowing.agreement(explain(pair.comparison, model)),
            contradictions=pair.contradictions,
            in_reach=person in reach,
            holder=search.holder([facts[record] for record in members[person]]),
        )
        for person, pair in best.items()
    )

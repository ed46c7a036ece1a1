"""Opening the two records of a pair for the person who is to say whether they are one human being."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.casework.queries import persons, stakes
from amparo.engines.linkage.fields import Fields
from amparo.kernel.errors import Invalid, NotFound
from amparo.ledger import actions as ledger
from amparo.pack.current import pack
from amparo.registries import identity as documents
from amparo.registries.actions.judging import NOTE
from amparo.registries.queries import identities, outcomes, pairs, records
from amparo.registries.queries.pairs import Decision, ScoredPair
from amparo.registries.queries.records import RecordFacts
from amparo.registries.rules.initials import initials
from amparo.registries.rules.judging import Outcome, State, may_see
from amparo.vault import queries as vault

PURPOSE = "linkage"


@dataclass(frozen=True, slots=True)
class OpenedSide:
    """One record of a pair with its identity; ``others`` counts the records that are one person with it already."""

    record: RecordFacts
    fields: Fields
    others: int


@dataclass(frozen=True, slots=True)
class OpenedPair:
    """Both records of a pair, what the machine says of them, and how they stand for whoever opened them.

    ``state`` is ``None`` where she may answer, which another's opinion that waits for hers does not change: she must
    not know of it. ``answers`` are those that she may see; ``risks`` say why a yes takes two people. ``reserved``
    where the identity behind one of them is under reserve: then neither side says who it is, because what the one
    says, and how alike they are, would tell the other. The evidence says how alike without saying what.
    """

    pair: ScoredPair
    left: OpenedSide
    right: OpenedSide
    state: State | None
    answers: tuple[Decision, ...]
    risks: tuple[str, ...]
    reserved: bool = False


@dataclass(frozen=True, slots=True)
class Opinion:
    """An answer with the words that its author sealed with it."""

    decision: Decision
    note: str


@dataclass(frozen=True, slots=True)
class Disputed:
    """A pair on which two people disagree, opened for a third, with what each of them said and why."""

    opened: OpenedPair
    opinions: tuple[Opinion, ...]
    may_resolve: bool


@dataclass(frozen=True, slots=True)
class Masked:
    """Records of a page of pairs by id, with no more of each than its facts and initials."""

    records: dict[UUID, RecordFacts]
    initials: dict[UUID, str]


def hidden_from(actor: Actor) -> frozenset[UUID]:
    """Records of whom the actor is kept away from; pairs with one of them are not there for her."""
    return persons.everything_shut_to(actor)


def pair_for(actor: Actor, pair_id: UUID) -> ScoredPair:
    """A pair, unless it is hidden from the actor: ``NotFound`` alike for that and for one that is not there."""
    found = pairs.get(pair_id)
    if found is None or not hidden_from(actor).isdisjoint((found.left, found.right)):
        raise NotFound("judging.no_such_pair")
    return found


def decision_for(actor: Actor, judgement_id: UUID) -> Decision:
    """The same for an answer."""
    actor.require("pair_judge")
    found = pairs.decision(judgement_id)
    if found is None or not hidden_from(actor).isdisjoint((found.left, found.right)):
        raise NotFound("judging.no_such_judgement")
    return found


def open_pair(*, actor: Actor, pair_id: UUID, purpose: str, at: datetime) -> OpenedPair:
    """Both identities side by side. The ledger has the reading before either is opened (law 4).

    Raises ``Denied`` where the role judges no pairs, ``NotFound`` where there is no such pair, and ``Invalid`` without
    a purpose of the pack's list.
    """
    actor.require("pair_judge")
    return _open(actor, pair_for(actor, pair_id), purpose, at)


def open_disputed(*, actor: Actor, pair_id: UUID, purpose: str, at: datetime) -> Disputed:
    """A pair on which two people disagree, with both opinions. Raises ``NotFound`` where there is no disagreement."""
    actor.require("pair_resolve")
    found = pair_for(actor, pair_id)
    outcome = outcomes.of(found.left, found.right)
    if outcome is None or outcome.state is not State.DISPUTED:
        raise NotFound("judging.not_disputed")
    opened = _open(actor, found, purpose, at)
    given = pairs.given([each.id for each in outcome.said])
    # What reviewers wrote of two records often repeats a name.
    noted = [] if opened.reserved else [each.id for each in given if each.has_note]
    notes = vault.open_many(noted, NOTE)
    opinions = tuple(Opinion(each, notes.get(each.id, b"").decode()) for each in given)
    return Disputed(opened, opinions, not outcome.is_of(actor.name))


def _open(actor: Actor, found: ScoredPair, purpose: str, at: datetime) -> OpenedPair:
    if purpose not in pack().codes["finalidad_revision"]:
        raise Invalid("access.purpose")
    both = [found.left, found.right]
    with transaction.atomic():
        ledger.record(
            author=actor.author,
            act="pair.read",
            at=at,
            purpose=PURPOSE,
            basis="role",
            subjects=both,
            detail={"for": purpose},
        )
    reserved = bool(persons.reserved_among(both))
    opened = {} if reserved else vault.open_many(both, documents.COMPARTMENT)
    facts = records.facts(both)
    sides = [OpenedSide(facts[record], _fields(opened.get(record), record), _others(record)) for record in both]
    state, answers = _standing(actor, outcomes.of(*both))
    return OpenedPair(found, sides[0], sides[1], state, answers, stakes.risks_of(*both), reserved)


def _standing(actor: Actor, outcome: Outcome | None) -> tuple[State | None, tuple[Decision, ...]]:
    """How a pair stands for one reader, and the answers behind it that she may see."""
    if outcome is None or outcome.state is State.UNSURE:
        return None, ()
    if outcome.state is State.PENDING and not outcome.is_of(actor.name):
        return None, ()
    resolves = actor.can("pair_resolve")
    seen = [each.id for each in outcome.said if may_see(outcome, by=each.by, reader=actor.name, resolves=resolves)]
    return outcome.state, tuple(pairs.given(seen))


def _fields(plain: bytes | None, record: UUID) -> Fields:
    return documents.from_bytes(plain).fields if plain else Fields(str(record))


def _others(record: UUID) -> int:
    person = persons.persons_of([record]).get(record)
    return len(persons.records_of([person])[person]) - 1 if person else 0


def disputes(actor: Actor) -> list[ScoredPair]:
    """Pairs on which two people disagree, the likeliest to be one person first."""
    actor.require("pair_resolve")
    hidden = hidden_from(actor)
    ids = pairs.ids_of({edge for edge in outcomes.disputed() if hidden.isdisjoint(edge)})
    return sorted(pairs.scored(set(ids.values())).values(), key=lambda pair: (-pair.score, pair.id))


def decided(*, actor: Actor, start: int, limit: int, mine: bool) -> tuple[list[Decision], int]:
    """Answers given, the latest first, and how many there are: all but those that the reader may not see yet."""
    unseen = outcomes.hidden_from(actor.name, resolves=actor.can("pair_resolve"))
    hidden = [*unseen, *pairs.about(hidden_from(actor))]
    by = actor.name if mine else ""
    found = pairs.decided(start=start, limit=limit, by=by, without=hidden)
    return found, pairs.decided_count(by=by, without=hidden)


def masked(*, actor: Actor, record_ids: Collection[UUID], at: datetime) -> Masked:
    """Facts and initials of the records that a list of pairs shows; the ledger notes whose they are."""
    actor.require("pair_judge")
    ids = sorted(set(record_ids))
    if not ids:
        return Masked({}, {})
    with transaction.atomic():
        ledger.record(
            author=actor.author, act="pairs.list", at=at, purpose=PURPOSE, basis="role", subjects=ids,
            detail={"records": len(ids)},
        )  # fmt: skip
    shown = set(ids) - persons.reserved_among(ids)
    letters = {record: initials(opened.fields) for record, opened in identities.of_records(shown).items()}
    return Masked(records.facts(ids), letters)

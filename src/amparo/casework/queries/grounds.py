"""Why some records are held to be one person: what the machine found alike, and what people said."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.access.actors import Actor
from amparo.access.rules.deciding import Act, Asked
from amparo.casework.queries import consents, persons
from amparo.casework.queries.shapes import Person
from amparo.casework.queries.threads import CASE
from amparo.ledger import actions as ledger
from amparo.registries.queries import outcomes, pairs, records
from amparo.registries.queries.pairs import Decision, ScoredPair
from amparo.registries.queries.records import RecordFacts


@dataclass(frozen=True, slots=True)
class Tie:
    """What holds two records together: answers that stand, or else the machine's finding.

    ``pair_id`` is where reviewers find the two, as far as the machine finds them alike.
    """

    left: UUID
    right: UUID
    pair_id: UUID | None
    answers: tuple[Decision, ...] = ()
    pair: ScoredPair | None = None

    def beside(self, record: UUID) -> UUID:
        """The other of the two."""
        return self.right if record == self.left else self.left


@dataclass(frozen=True, slots=True)
class Grounds:
    """A person's records in order, what ties each to the others, and answers about them that no longer hold.

    People's answers come before what the machine found, which comes with the surest first.
    """

    person: Person
    records: tuple[RecordFacts, ...]
    ties: tuple[Tie, ...]
    past: tuple[Decision, ...]

    def of(self, record: UUID) -> tuple[Tie, ...]:
        """What ties one record to the others."""
        return tuple(tie for tie in self.ties if record in (tie.left, tie.right))


def read(*, actor: Actor, person_id: UUID, at: datetime) -> Grounds:
    """Why each record of a person is hers. The reading is in the ledger before anything is returned (law 4).

    Levels of agreement are told and never the values compared; without the person's consent, where that is the
    reader's ground, not even those, because they tell of what others wrote.
    """
    with transaction.atomic():
        person, relation = persons.opened(actor, person_id, Asked(Act.THREAD), at=at)
        members = persons.records_of([person.id])[person.id]
        ledger.record(
            author=actor.author, act="grounds.read", at=at, purpose="follow_up", basis=relation, subjects=members
        )
    agreed = consents.agreed_of_records(actor, members, at)
    hidden = set(outcomes.hidden_from(actor.name, resolves=actor.can("pair_resolve")))
    answers = [each for each in pairs.answers_among(members) if each.id not in hidden]
    ties = _ties(members, answers)
    if agreed is not None and CASE not in agreed:
        ties = [replace(tie, pair=tie.pair and replace(tie.pair, evidence=())) for tie in ties]
    standing = {each.id for tie in ties for each in tie.answers}
    facts = records.facts(members)
    past = tuple(each for each in answers if each.id not in standing)
    return Grounds(person, tuple(facts[record] for record in members), tuple(ties), past)


def _ties(members: Collection[UUID], answers: Sequence[Decision]) -> list[Tie]:
    """By people's answers first; of the machine's findings those that no answer overrules."""
    by_people = outcomes.among(members)
    same = [edge for edge, outcome in by_people.items() if outcome.answer == "same"]
    said = {edge: {each.id for each in by_people[edge].said} for edge in same}
    ids = pairs.ids_of(same)
    human = [
        Tie(*edge, ids.get(edge), answers=tuple(each for each in answers if each.id in said[edge])) for edge in same
    ]
    settled = {edge for edge, outcome in by_people.items() if outcome.answer != "unsure"}
    found = [pair for pair in pairs.joined_among(members) if (pair.left, pair.right) not in settled]
    return [*human, *(Tie(pair.left, pair.right, pair.id, pair=pair) for pair in found)]

"""Which question comes next: simulated reviewers who know the truth reach all of it, and are asked nothing twice."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from amparo.engines.linkage.cluster import Join, clusters
from amparo.registries.rules import judging, questions
from amparo.registries.rules.judging import Edge, Said
from amparo.registries.rules.questions import Candidate, Known, Question, Turn

START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class World:
    """Records with their true persons, what the machine joined, the pairs it would ask about, and answers so far."""

    truth: dict[UUID, int]
    joined: list[Edge]
    candidates: list[Candidate]
    said: list[Said] = field(default_factory=list)

    def known(self) -> Known:
        """The persons that the answers make, as the projection would."""
        outcomes = judging.standing(self.said)
        names = {str(record): record for record in self.truth}
        joins = [Join(str(a), str(b), 9.0) for a, b in self.joined]
        joins += [Join(str(a), str(b), human=True) for (a, b), each in outcomes.items() if each.answer == "same"]
        apart = [(str(a), str(b)) for (a, b), each in outcomes.items() if each.answer == "not_same"]
        parts = [frozenset(names[each] for each in part) for part in clusters(names, joins, apart)]
        person_of = {record: min(part) for part in parts for record in part}
        return Known(person_of, {min(part): len(part) for part in parts}, outcomes)

    def asked(self, reviewer: str = "ana") -> list[Question]:
        return questions.in_order(self.candidates, self.known(), reviewer=reviewer)

    def answers(self, pair: UUID, answer: str = "", by: str = "ana", kind: str = "alone") -> None:
        """Somebody answers, with the truth unless told otherwise."""
        candidate = next(each for each in self.candidates if each.pair == pair)
        left, right = candidate.edge
        truth = "same" if self.truth[left] == self.truth[right] else "not_same"
        number = len(self.said)
        at = START + timedelta(minutes=number)
        self.said.append(Said(UUID(int=10_000 + number), left, right, answer or truth, at, None, by, kind))


def world(seed: int, *, people: int = 12) -> World:
    """A world whose probabilities are honest: of pairs with a chance p, a share of p is of one person."""
    draw = random.Random(seed)
    truth: dict[UUID, int] = {}
    for person in range(people):
        for _ in range(draw.randint(1, 5)):
            truth[UUID(int=len(truth) + 1)] = person
    records = list(truth)
    joined, candidates = [], []
    for place, left in enumerate(records):
        for right in records[place + 1 :]:
            same = truth[left] == truth[right]
            if same and draw.random() < 0.5:
                joined.append((left, right))
            elif draw.random() < (0.9 if same else 0.05):
                chance = draw.betavariate(4, 2) if same else draw.betavariate(2, 4)
                candidates.append(Candidate(UUID(int=5_000 + len(candidates)), left, right, chance))
    return World(truth, joined, candidates)


@given(st.integers(0, 2**32))
def test_a_reviewer_who_knows_the_truth_reaches_every_answer_and_is_asked_nothing_twice(seed: int) -> None:
    here = world(seed)
    while asked := here.asked():
        before = here.known()
        candidate = next(each for each in here.candidates if each.pair == asked[0].pair)
        persons = before.persons_of(candidate.edge)
        settled = {before.persons_of(edge) for edge, outcome in before.outcomes.items() if outcome.answer == "not_same"}
        assert len(persons) == 2, "asked of one person"
        assert persons not in settled, "asked what an answer settles"
        here.answers(asked[0].pair)

    known = here.known()
    for candidate in here.candidates:
        left, right = candidate.edge
        assert (known.person_of[left] == known.person_of[right]) == (here.truth[left] == here.truth[right])


@given(st.integers(0, 2**32), st.randoms())
def test_the_order_does_not_depend_on_how_the_pairs_come(seed: int, shuffling: random.Random) -> None:
    here = world(seed)
    before = here.asked()
    shuffling.shuffle(here.candidates)

    assert here.asked() == before


def settled_after(here: World, answers: int, *, by_score: bool) -> int:
    """How many pairs of records some answers settle, in the order of the rule or in that of the score alone."""
    total = 0
    for _ in range(answers):
        asked = here.asked()
        if by_score:
            asked.sort(key=lambda each: (-each.probability, each.pair))
        if not asked:
            break
        total += asked[0].settles
        here.answers(asked[0].pair)
    return total


def test_the_order_settles_more_pairs_per_answer_than_the_score_alone() -> None:
    seeds = range(31, 61)
    ours = [settled_after(world(seed), 6, by_score=False) for seed in seeds]
    by_score = [settled_after(world(seed), 6, by_score=True) for seed in seeds]

    assert sum(ours) > 1.2 * sum(by_score)
    assert sum(mine >= theirs for mine, theirs in zip(ours, by_score, strict=True)) >= 0.8 * len(ours)


def three(joined: list[Edge] | None = None) -> World:
    """A, B and C, all of one person, with a question about each two."""
    a, b, c = (UUID(int=number) for number in (1, 2, 3))
    pairs = [(a, b), (b, c), (a, c)]
    candidates = [Candidate(UUID(int=100 + n), *pair, 0.5 + n / 10) for n, pair in enumerate(pairs)]
    return World({a: 1, b: 1, c: 1}, joined or [], candidates)


def test_same_and_same_is_same() -> None:
    here = three()
    here.answers(UUID(int=100))
    here.answers(UUID(int=101))

    assert here.asked() == []


def test_same_and_not_same_is_not_same() -> None:
    here = three()
    here.answers(UUID(int=100))
    here.answers(UUID(int=101), "not_same")

    assert here.asked() == []


def test_two_persons_are_asked_about_once_by_their_likeliest_pair() -> None:
    here = three(joined=[(UUID(int=1), UUID(int=2))])

    assert [(each.pair, each.settles) for each in here.asked()] == [(UUID(int=102), 2)]


def test_who_could_not_say_is_asked_last_and_others_before_her() -> None:
    here = three()
    here.answers(UUID(int=102), "unsure")

    assert [each.turn for each in here.asked("ana")] == [Turn.FRESH, Turn.FRESH, Turn.OWN_DOUBT]
    assert [each.turn for each in here.asked("eva")] == [Turn.FRESH, Turn.FRESH, Turn.DOUBTED]


def test_a_first_opinion_leaves_the_question_to_others_only() -> None:
    here = three(joined=[(UUID(int=1), UUID(int=2))])
    here.answers(UUID(int=101), "same", kind="opinion")

    assert here.asked("ana") == []
    # The very pair, though another one between the two persons is likelier.
    assert [each.pair for each in here.asked("eva")] == [UUID(int=101)]


def test_a_disagreement_is_asked_of_nobody() -> None:
    here = three(joined=[(UUID(int=1), UUID(int=2))])
    here.answers(UUID(int=101), "same", kind="opinion")
    here.answers(UUID(int=101), "not_same", by="eva", kind="opinion")

    assert here.asked("ana") == here.asked("eva") == here.asked("sol") == []

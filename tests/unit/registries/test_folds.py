"""Which judgement and which event counts does not depend on the order in which things arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from amparo.engines.linkage.fields import Fields
from amparo.kernel.dates import Approx, Precision
from amparo.registries.rules import judging, standing
from amparo.registries.rules.initials import initials
from amparo.registries.rules.judging import Said

START = datetime(2026, 1, 1, tzinfo=UTC)
PAIR = (UUID(int=1), UUID(int=2))


def said(number: int, answer: str, undoes: int | None = None) -> Said:
    return Said(
        UUID(int=100 + number),
        *PAIR,
        answer,
        START + timedelta(hours=number),
        UUID(int=100 + undoes) if undoes else None,
    )


@dataclass(frozen=True)
class Note:
    id: UUID
    supersedes: UUID | None = None
    retracts: bool = False


@st.composite
def histories(draw: st.DrawFn) -> list[Said]:
    answers = draw(st.lists(st.sampled_from(["same", "not_same", "unsure"]), min_size=1, max_size=6))
    history = [said(number, answer) for number, answer in enumerate(answers, 1)]
    undone = draw(st.sets(st.integers(1, len(answers))))
    return history + [said(50 + number, "withdrawn", number) for number in sorted(undone)]


@given(histories(), st.randoms())
def test_the_standing_answer_does_not_depend_on_order(history: list[Said], random: object) -> None:
    shuffled = list(history)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert judging.standing(shuffled) == judging.standing(history)


@given(histories())
def test_taking_back_an_answer_restores_exactly_what_stood_before(history: list[Said]) -> None:
    before = judging.standing(history)
    answer = Said(UUID(int=900), *PAIR, "same", START + timedelta(days=9))
    undo = Said(UUID(int=901), *PAIR, "withdrawn", START + timedelta(days=10), answer.id)

    assert judging.standing([*history, answer])[PAIR].said == (answer,)
    assert judging.standing([*history, answer, undo]) == before


@given(st.lists(st.booleans(), min_size=1, max_size=8), st.randoms())
def test_only_the_last_correction_of_an_event_stands(retractions: list[bool], random: object) -> None:
    chain = [Note(UUID(int=1))]
    for number, retracts in enumerate(retractions, 2):
        chain.append(Note(UUID(int=number), chain[-1].id, retracts))
    shuffled = list(chain)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    left = standing.standing(shuffled)

    assert left == ([] if retractions[-1] else [chain[-1]])


def test_an_exact_birth_counts_more_than_a_declared_age() -> None:
    exact = Approx.exact(date(2008, 4, 3))
    declared = Approx.born_at_age(19, date(2025, 4, 3))

    assert standing.birth([declared, declared, exact]) == exact


def test_a_birth_on_the_first_of_january_is_only_a_year() -> None:
    known = standing.birth([Approx.exact(date(2009, 1, 1))])

    assert known == Approx.in_year(2009)
    assert known.precision is Precision.YEAR


def test_records_that_disagree_make_her_the_younger_one() -> None:
    older, younger = Approx.exact(date(2005, 5, 5)), Approx.exact(date(2010, 5, 5))

    assert standing.birth([older, younger]) == younger
    assert standing.birth([older, older, younger]) == older


@given(st.lists(st.dates(date(1950, 1, 2), date(2020, 12, 31)).map(Approx.exact), max_size=5), st.randoms())
def test_the_birth_does_not_depend_on_the_order_of_records(births: list[Approx], random: object) -> None:
    shuffled = list(births)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert standing.birth(shuffled) == standing.birth(births)


def test_initials_leave_particles_out() -> None:
    assert initials(Fields("r", given="Flor Lucero", surname1="de la Cruz", surname2="Tamani")) == "F. L. C. T."
    assert initials(Fields("r")) == ""


@given(st.text(max_size=60), st.text(max_size=60))
def test_initials_never_hold_more_than_letters_and_dots(given_names: str, surname: str) -> None:
    found = initials(Fields("r", given=given_names, surname1=surname))

    assert all(len(part) <= 3 and part.endswith(".") for part in found.split())
    assert len(found.split()) <= 5

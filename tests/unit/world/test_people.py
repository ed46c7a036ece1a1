"""Who lives in the invented world: the distributions that make it resemble the real one."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from amparo.world.persons import DNI
from amparo.world.registers import book
from amparo.world.rescues import rescues
from amparo.world.seeds import DEVELOPMENT_SEED, REPORT_SEED

TODAY = date(2026, 11, 23)
PEOPLE = 4000


@pytest.fixture(scope="module")
def found():
    return list(rescues(PEOPLE, DEVELOPMENT_SEED, TODAY))


@pytest.fixture(scope="module")
def met(found):
    """Everybody with the day of her first rescue."""
    first = {}
    for rescue in found:
        for person in rescue.members:
            first.setdefault(person.number, (person, rescue.on))
    return list(first.values())


@pytest.fixture(scope="module")
def journeys():
    return [journey for case in book.cases(PEOPLE, DEVELOPMENT_SEED, TODAY) for journey in case.journeys]


def share(values):
    values = list(values)
    return sum(values) / len(values)


def test_there_are_exactly_as_many_people_as_asked_for(met):
    assert len(met) == PEOPLE
    assert {person.number for person, _ in met} == set(range(1, PEOPLE + 1))


def test_most_are_women_and_nearly_half_are_under_age(met):
    assert 0.80 < share(person.sex == "F" for person, _ in met) < 0.90
    assert 0.43 < share(person.is_child_on(on) for person, on in met) < 0.53
    assert all(5 <= person.age_on(on) <= 65 for person, on in met)


def test_rescues_lie_in_the_four_years_before_today_most_in_the_last_eighteen_months(found):
    days = [rescue.on for rescue in found]

    assert days == sorted(days)
    assert all(2 <= (TODAY - day).days <= 1461 for day in days)
    assert share((TODAY - day).days <= 548 for day in days) > 0.6
    assert all(1 <= len(rescue.members) <= 14 for rescue in found)


def test_surnames_are_as_skewed_as_real_ones_and_differ_by_region(met):
    south = Counter(p.surname1 for p, _ in met if p.origin.department in {"Cusco", "Puno", "Apurímac"})
    forest = Counter(p.surname1 for p, _ in met if p.origin.department == "Loreto")

    assert south.most_common(1)[0][0] == "Quispe"
    assert 0.08 < south["Quispe"] / south.total() < 0.16
    assert forest["Quispe"] / forest.total() < 0.04
    assert len(forest) > 80
    assert forest["Del Águila"] > 0


def test_some_are_foreign_and_carry_papers_of_their_own_country(met):
    foreign = [person for person, _ in met if person.nationality != "PER"]

    assert {person.nationality for person in foreign} == {"VEN", "BOL", "COL", "ECU"}
    assert 0.04 < len(foreign) / len(met) < 0.15
    assert DNI not in {person.document.kind for person in foreign}


def test_numbers_of_documents_are_nobodys_twice(met):
    numbers = [person.document.number for person, _ in met if person.document.kind == DNI]

    assert len(numbers) == len(set(numbers))


def test_there_are_siblings_twins_mothers_and_guardians(found):
    seen = Counter()
    for rescue in found:
        for first, second in pairwise(rescue.members):
            family = (first.surname1, first.surname2) == (second.surname1, second.surname2)
            seen["twins"] += family and first.born == second.born
            seen["siblings"] += family and first.born != second.born and first.phone == second.phone != ""
            seen["mothers"] += second.surname2 == first.surname1 and (second.born - first.born).days >= 6575
        seen["guardians"] += sum(person.guardian is not None for person in rescue.members)

    assert seen["twins"] > 10
    assert seen["siblings"] > 40
    assert seen["mothers"] > 20
    assert seen["guardians"] > 500


def test_twins_have_neighbouring_documents_and_different_names(found):
    twins = [
        (first, second)
        for rescue in found
        for first, second in pairwise(rescue.members)
        if first.born == second.born and first.surname1 == second.surname1 and first.document.kind == DNI
    ]

    assert all(first.given != second.given for first, second in twins)
    assert all(abs(int(first.document.number) - int(second.document.number)) <= 2 for first, second in twins)


def test_strangers_share_a_name_and_an_age(met):
    by_name = defaultdict(list)
    for person, _ in met:
        by_name[person.given, person.surname1, person.surname2].append(person)
    strangers = [
        (a, b) for people in by_name.values() for a, b in pairwise(people) if abs((a.born - b.born).days) < 731
    ]

    assert len(strangers) > 20
    assert all(a.document.number != b.document.number for a, b in strangers if a.document.number)


def test_some_are_rescued_a_second_time_months_later(found):
    days = defaultdict(list)
    for rescue in found:
        for person in rescue.members:
            days[person.number].append(rescue.on)
    twice = [pair for pair in days.values() if len(pair) > 1]

    assert 0.01 < len(twice) / PEOPLE < 0.05
    assert all((later - earlier).days >= 210 for earlier, later in (pair[:2] for pair in twice))
    assert all(person.number in rescue.again for rescue in found[-50:] for person in rescue.members
               if days[person.number][0] != rescue.on)  # fmt: skip


def test_institutions_overlap_as_published_figures_suggest(journeys):
    reached = Counter()
    for journey in journeys:
        kind = "child" if journey.is_child else "adult"
        reached.update({"all": 1, kind: 1})
        reached["pnp"] += bool(journey.police)
        reached["mp"] += bool(journey.prosecution)
        reached["upe"] += bool(journey.child_protection)
        reached["cem of adults"] += bool(journey.womens_centre) and not journey.is_child
        reached["calp"] += bool(journey.accompaniment)
        reached["twice in one"] += any(
            len(stories) > 1
            for stories in (journey.police, journey.prosecution, journey.child_protection, journey.womens_centre)
        )

    assert reached["pnp"] / reached["all"] == pytest.approx(0.75, abs=0.03)
    assert reached["mp"] / reached["all"] == pytest.approx(0.65, abs=0.04)
    assert reached["upe"] / reached["child"] == pytest.approx(0.60, abs=0.04)
    assert reached["cem of adults"] / reached["adult"] == pytest.approx(0.36, abs=0.05)
    assert reached["calp"] / reached["all"] == pytest.approx(0.12, abs=0.03)
    assert 0.03 < reached["twice in one"] / reached["all"] < 0.12


def test_an_adults_refusal_reaches_the_cem_or_is_lost(journeys):
    refused = [j for j in journeys if j.prosecution and j.prosecution[0].udavit == "rechaza"]

    assert any(journey.womens_centre for journey in refused)
    assert any(not journey.womens_centre for journey in refused)


def test_some_come_of_age_on_the_way_and_only_some_are_handed_over(journeys):
    of_age = [j for j in journeys if j.child_protection and j.child_protection[0].left_because == "mayoria"]

    assert len(of_age) > 50
    assert 0.2 < share(bool(journey.womens_centre) for journey in of_age) < 0.7
    assert all(not j.person.is_child_on(j.child_protection[0].left_on) for j in of_age)


def test_another_seed_is_another_world():
    first, second = (next(rescues(50, seed, TODAY)) for seed in (DEVELOPMENT_SEED, REPORT_SEED))

    assert first != second

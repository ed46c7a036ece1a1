"""Signs of snooping: what they follow from, and what never gives one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.casework.rules.snooping import Bounds, Look, Sign, crowded, signs
from bench._reading_habits import HABITS, WAYS
from bench.snooping import missed_ways, wrong_days

TODAY = date(2026, 11, 19)
PEOPLE = [UUID(int=number) for number in range(1, 120)]
MOMENTS = st.datetimes(datetime.fromisoformat("2026-10-20"), datetime.fromisoformat("2026-11-19T23:59"))
LOOKS = st.lists(st.builds(Look, at=MOMENTS, person=st.sampled_from(PEOPLE[:12]), named=st.booleans()), max_size=60)


def at(hour: float, day: date = TODAY) -> datetime:
    return datetime.combine(day, time()) + timedelta(hours=hour)


def usual_days(number: int = 10) -> list[Look]:
    """One person a day between nine and three, never the same."""
    days = (TODAY - timedelta(days=back) for back in range(1, 28))
    work = [day for day in days if day.weekday() < 5][:number]
    return [Look(at(9 + 2 * (n % 4), day), PEOPLE[-1 - n]) for n, day in enumerate(work)]


@given(LOOKS)
def test_readings_that_work_explains_are_never_a_sign(looks: list[Look]) -> None:
    assert signs(looks, {look.person for look in looks}, TODAY) == set()


@given(LOOKS, st.sampled_from(PEOPLE[:12]))
def test_explaining_one_more_person_never_adds_a_sign_of_numbers_or_manner(looks: list[Look], person: UUID) -> None:
    """But for hours: a day of explained readings is not counted among the days that are usual any less."""
    few = Bounds(many=4, names=3, names_of_a_week=5, row=3, follows=3, enough_days=99)
    assert signs(looks, {person}, TODAY, few) <= signs(looks, (), TODAY, few)


@given(LOOKS, st.randoms())
def test_the_order_in_which_readings_come_says_nothing(looks: list[Look], chance: object) -> None:
    shuffled = list(looks)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert signs(shuffled, (), TODAY) == signs(looks, (), TODAY)


@given(LOOKS)
def test_a_day_without_readings_has_no_sign(looks: list[Look]) -> None:
    assert signs([look for look in looks if look.at.date() != TODAY], (), TODAY) == set()


@pytest.mark.parametrize(
    ("sign", "looks"),
    [
        (Sign.MANY, [Look(at(9 + n / 4), PEOPLE[n]) for n in range(25)]),
        (Sign.NAMES, [Look(at(9 + n / 2), PEOPLE[n], True) for n in range(10)]),
        (Sign.WEEK, [Look(at(10 + n, TODAY - timedelta(days=back)), PEOPLE[4 * back + n], True)
                     for back in range(5) for n in range(4)]),
        (Sign.HOUR, [Look(at(3), PEOPLE[n]) for n in range(3)]),
        (Sign.ROW, [Look(at(10 + n / 60), PEOPLE[n]) for n in range(8)]),
        (Sign.FOLLOWS, [Look(at(10, TODAY - timedelta(days=2 * back)), PEOPLE[0]) for back in range(5)]),
    ],
)  # fmt: skip
def test_each_sign_begins_where_it_says(sign: Sign, looks: list[Look]) -> None:
    assert signs([*usual_days(), *looks], (), TODAY) == {sign}
    assert signs([*usual_days(), *looks[1:]], (), TODAY) == set()


def test_what_is_usual_for_her_is_no_sign() -> None:
    fridays = [TODAY - timedelta(days=7 * week) for week in range(4)]
    reviews = [Look(at(9 + n / 6, day), PEOPLE[n]) for day in fridays for n in range(30)]
    assert Sign.MANY not in signs([*usual_days(), *reviews], (), TODAY)

    nights = [Look(at(3, TODAY - timedelta(days=back)), PEOPLE[n]) for back in (1, 2) for n in range(3)]
    assert Sign.HOUR not in signs([*usual_days(), *nights, *(Look(at(3), each) for each in PEOPLE[:5])], (), TODAY)


def test_on_a_weekend_on_which_she_never_works_any_hour_is_odd() -> None:
    sunday = date(2026, 11, 22)
    looks = [Look(at(10, sunday), person) for person in PEOPLE[:3]]
    assert Sign.HOUR in signs([*usual_days(), *looks], (), sunday)
    worked = [Look(at(10, date(2026, 11, 14)), PEOPLE[50])]
    assert Sign.HOUR not in signs([*usual_days(), *worked, *looks], (), sunday)


@pytest.mark.parametrize("seed", [31, 32])
def test_most_ways_are_told_of_and_few_ordinary_days(seed: int) -> None:
    """On development seeds; what counts is measured by ``bench/snooping.py`` on another."""
    assert missed_ways(seed, 10 * len(WAYS)).total() <= 0.05 * 10 * len(WAYS)
    assert wrong_days(seed, 20 * len(HABITS)).total() <= 0.02 * 20 * len(HABITS)


@given(st.lists(st.lists(st.sampled_from(PEOPLE[:4]), max_size=6), max_size=9))
def test_a_crowd_is_of_different_accounts_however_often_each_looks(looked_at: list[list[UUID]]) -> None:
    found = crowded(looked_at)

    assert found == crowded([people * 2 for people in reversed(looked_at)])
    assert found == {one for one in PEOPLE[:4] if sum(one in people for people in looked_at) >= Bounds().crowd}

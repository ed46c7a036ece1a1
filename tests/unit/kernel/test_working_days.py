from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.kernel.working_days import Calendar, HolidayRule, easter_sunday

# DL 713 art. 6 as amended by laws 31381 and 31530 (since 2022), 31788 (since 2023) and 31822 (23 July, since 2024).
PERU = Calendar(
    [
        HolidayRule("Año Nuevo", 1, 1),
        HolidayRule("Jueves Santo", easter_offset=-3),
        HolidayRule("Viernes Santo", easter_offset=-2),
        HolidayRule("Día del Trabajo", 5, 1),
        HolidayRule("Batalla de Arica", 6, 7, valid_from_year=2024),
        HolidayRule("San Pedro y San Pablo", 6, 29),
        HolidayRule("Fuerza Aérea", 7, 23, valid_from_year=2024),
        HolidayRule("Fiestas Patrias", 7, 28),
        HolidayRule("Fiestas Patrias", 7, 29),
        HolidayRule("Batalla de Junín", 8, 6, valid_from_year=2022),
        HolidayRule("Santa Rosa de Lima", 8, 30),
        HolidayRule("Combate de Angamos", 10, 8),
        HolidayRule("Todos los Santos", 11, 1),
        HolidayRule("Inmaculada Concepción", 12, 8),
        HolidayRule("Batalla de Ayacucho", 12, 9, valid_from_year=2022),
        HolidayRule("Navidad", 12, 25),
    ]
)
days = st.dates(date(1950, 1, 1), date(2090, 12, 31))
near = st.dates(date(2024, 1, 1), date(2026, 12, 31))
counts = st.integers(-60, 60)
rules = st.builds(
    lambda day, first, last: HolidayRule("x", day.month, day.day, None, first, last),
    st.dates(date(2000, 1, 1), date(2000, 12, 31)),
    st.none() | st.integers(1950, 2000),
    st.none() | st.integers(2001, 2090),
) | st.builds(lambda offset: HolidayRule("e", easter_offset=offset), st.integers(-60, 60))
calendars = st.builds(
    lambda rules, weekend: Calendar(rules, weekend=weekend),
    st.lists(rules, max_size=12),
    st.frozensets(st.integers(0, 6), max_size=4),
)


def test_the_holidays_of_peru_in_2026_are_the_sixteen_published_ones() -> None:
    published = "01-01 04-02 04-03 05-01 06-07 06-29 07-23 07-28 07-29 08-06 08-30 10-08 11-01 12-08 12-09 12-25"

    assert [day.strftime("%m-%d") for day in PERU.holidays(2026)] == published.split()


def test_a_holiday_is_kept_only_in_the_years_of_its_rule() -> None:
    assert not PERU.is_holiday(date(2021, 12, 9))
    assert PERU.is_holiday(date(2022, 12, 9))
    assert Calendar([HolidayRule("one day off", 7, 27, None, 2026, 2026)]).holidays(2027) == {}


def test_five_working_days_over_the_national_holidays_of_july() -> None:
    wednesday = date(2026, 7, 22)

    # 23 (holiday), 24, 25-26 (weekend), 27, 28-29 (holidays), 30, 31, 1-2 August (weekend), 3
    assert PERU.add_working_days(wednesday, 5) == date(2026, 8, 3)
    assert PERU.working_days_between(wednesday, date(2026, 8, 3)) == 5


@pytest.mark.parametrize(
    "sunday",
    ["1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2016-03-27", "2019-04-21",
     "2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25",
     "2049-04-18", "2076-04-19"],
)  # fmt: skip
def test_easter_falls_on_the_days_that_almanacs_print(sunday: str) -> None:
    expected = date.fromisoformat(sunday)

    assert easter_sunday(expected.year) == expected


@given(st.integers(1583, 9999))
def test_easter_is_a_sunday_from_22_march_to_25_april_and_agrees_with_gauss(year: int) -> None:
    easter = easter_sunday(year)

    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)
    assert easter == _gauss(year)


def _gauss(year: int) -> date:
    """Easter by C. F. Gauss's rule of 1816 with its two exceptions: another way to the same day."""
    a, b, c = year % 19, year % 4, year % 7
    k = year // 100
    m = (15 - (13 + 8 * k) // 25 + k - k // 4) % 30
    d = (19 * a + m) % 30
    e = (2 * b + 4 * c + 6 * d + 4 + k - k // 4) % 7
    day = date(year, 3, 22) + timedelta(days=d + e)
    late = day == date(year, 4, 26) or (d == 28 and e == 6 and (11 * m + 11) % 30 < 19)
    return day - timedelta(days=7) if late else day


@given(calendars, days, counts)
def test_counting_back_what_was_added_gives_the_same_number(calendar: Calendar, start: date, n: int) -> None:
    assert calendar.working_days_between(start, calendar.add_working_days(start, n)) == n


@given(calendars, days, counts.filter(bool))
def test_a_term_never_ends_on_a_day_off(calendar: Calendar, start: date, n: int) -> None:
    end = calendar.add_working_days(start, n)

    assert calendar.is_working_day(end)
    assert not calendar.is_holiday(end)
    assert (end > start) == (n > 0)


@given(calendars, days, st.integers(0, 30), st.integers(0, 30))
def test_terms_can_be_added_one_after_the_other(calendar: Calendar, start: date, n: int, m: int) -> None:
    assert calendar.add_working_days(calendar.add_working_days(start, n), m) == calendar.add_working_days(start, n + m)


@given(calendars, near, near)
def test_counting_the_other_way_round_changes_the_sign_except_for_the_first_day(
    calendar: Calendar, a: date, b: date
) -> None:
    there, back = calendar.working_days_between(a, b), calendar.working_days_between(b, a)

    # Neither way counts its own first day, so they differ exactly by whether each end is a working day.
    if a < b:
        assert there + back == calendar.is_working_day(b) - calendar.is_working_day(a)


@given(calendars, days)
def test_no_working_days_added_leaves_the_day_alone(calendar: Calendar, start: date) -> None:
    assert calendar.add_working_days(start, 0) == start


@pytest.mark.parametrize("wrong", [{}, {"month": 1}, {"day": 1}, {"month": 1, "day": 1, "easter_offset": 1}])
def test_a_holiday_rule_says_when_in_exactly_one_way(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="either a month and a day"):
        HolidayRule("x", **wrong)


def test_a_day_that_no_year_has_is_refused_and_a_leap_day_is_skipped_in_common_years() -> None:
    with pytest.raises(ValueError, match="day"):
        HolidayRule("x", 2, 30)
    assert HolidayRule("x", 2, 29).in_year(2023) is None
    assert HolidayRule("x", 2, 29).in_year(2024) == date(2024, 2, 29)


def test_a_week_without_a_working_day_is_refused() -> None:
    with pytest.raises(ValueError, match="working day"):
        Calendar(weekend=frozenset(range(7)))

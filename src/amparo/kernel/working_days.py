"""Working days of a country: rules of holidays, Easter, and counting days on which offices are open.

The kernel knows no country. Which days are holidays, and since which year, comes from the country pack as
:class:`HolidayRule`; a rule without an end year holds until somebody ends it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY_AND_SUNDAY = frozenset({5, 6})
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """A holiday that returns every year, on a fixed day or at a distance from Easter Sunday.

    Either ``month`` and ``day`` are given or ``easter_offset`` (days after Easter Sunday, negative before it). Years
    are inclusive; ``None`` leaves that side open. A day off of a single year has the same year on both sides.
    """

    name: str
    month: int | None = None
    day: int | None = None
    easter_offset: int | None = None
    valid_from_year: int | None = None
    valid_to_year: int | None = None

    def __post_init__(self) -> None:
        fixed = self.month is not None and self.day is not None
        half = (self.month is None) != (self.day is None)
        if half or fixed == (self.easter_offset is not None):
            raise ValueError("a holiday has either a month and a day or a distance from Easter")
        if self.month is not None and self.day is not None:
            date(2000, self.month, self.day)

    def in_year(self, year: int) -> date | None:
        """The day of this holiday in a year, or nothing if it is not kept then (29 February in a common year)."""
        if self.valid_from_year is not None and year < self.valid_from_year:
            return None
        if self.valid_to_year is not None and year > self.valid_to_year:
            return None
        if self.easter_offset is not None:
            return easter_sunday(year) + timedelta(days=self.easter_offset)
        assert self.month is not None  # noqa: S101 - guaranteed by __post_init__, said again for the type checker
        assert self.day is not None  # noqa: S101 - as above
        if (self.month, self.day) == (2, 29) and not _is_leap(year):
            return None
        return date(year, self.month, self.day)


class Calendar:
    """Which days are working days, by rules of holidays and the days of the week on which offices are shut.

    Immutable as seen from outside; the holidays of a year are worked out once and remembered.
    """

    __slots__ = ("_rules", "_weekend", "_years")

    def __init__(self, rules: Iterable[HolidayRule] = (), *, weekend: frozenset[int] = SATURDAY_AND_SUNDAY) -> None:
        if len(weekend & set(range(7))) == 7:
            raise ValueError("a calendar without a working day in the week counts for ever")
        self._rules = tuple(rules)
        self._weekend = weekend
        self._years: dict[int, dict[date, str]] = {}

    @property
    def rules(self) -> tuple[HolidayRule, ...]:
        """The rules in the order in which they were given."""
        return self._rules

    def holidays(self, year: int) -> dict[date, str]:
        """Holidays of a year with their names, in order of date; the first rule names a day that two rules share."""
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = _holidays_of(self._rules, year)
        return found

    def is_holiday(self, day: date) -> bool:
        """Whether a rule makes this day a holiday, on whatever day of the week it falls."""
        return day in self.holidays(day.year)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on this day: no shut day of the week and no holiday."""
        return day.weekday() not in self._weekend and day not in self.holidays(day.year)

    def add_working_days(self, start: date, n: int) -> date:
        """The ``n``-th working day after ``start`` (before it if ``n`` is negative), not counting ``start``.

        With ``n`` = 0 the start comes back as it is, even if nobody works on that day.
        """
        step = _ONE_DAY if n > 0 else -_ONE_DAY
        day, left = start, abs(n)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days lie after ``a`` up to and including ``b``; negative where ``b`` is earlier.

        It is the inverse of :meth:`add_working_days`: counting from a start to its n-th working day gives n.
        """
        if b < a:
            return -sum(self.is_working_day(b + timedelta(days=k)) for k in range((a - b).days))
        return sum(self.is_working_day(a + timedelta(days=k + 1)) for k in range((b - a).days))


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar.

    The anonymous algorithm sent to *Nature* in 1876, as given by J. Meeus, *Astronomical Algorithms* (1991),
    chapter 8; it holds for every Gregorian year and has no exceptions.
    """
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_correction + 15) % 30
    leaps, rest = divmod(in_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - epact - rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _holidays_of(rules: tuple[HolidayRule, ...], year: int) -> dict[date, str]:
    days: dict[date, str] = {}
    for rule in rules:
        day = rule.in_year(year)
        if day is not None:
            days.setdefault(day, rule.name)
    return dict(sorted(days.items()))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)

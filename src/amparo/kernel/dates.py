"""Dates as registries really know them: exact, by year, or by an age that somebody declared or estimated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Precision(StrEnum):
    """How well a date is known. The order is from the best to the worst knowledge."""

    EXACT = "exact"
    MONTH = "month"
    YEAR = "year"
    DECLARED_AGE = "declared_age"
    ESTIMATED_AGE = "estimated_age"


@dataclass(frozen=True, slots=True)
class Approx:
    """A date known to lie between two days, both included, with how it came to be known."""

    earliest: date
    latest: date
    precision: Precision

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError("an interval of dates ends before it begins")

    @classmethod
    def exact(cls, day: date) -> Approx:
        """A date known to the day."""
        return cls(day, day, Precision.EXACT)

    @classmethod
    def in_year(cls, year: int) -> Approx:
        """A date of which only the year is known."""
        return cls(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)

    @classmethod
    def born_at_age(cls, years: int, on: date, *, margin: int = 0, estimated: bool = False) -> Approx:
        """The birth of somebody who was ``years`` old on a day, give or take ``margin`` years.

        Somebody aged 17 on a day was born between 18 years before (plus a day) and 17 years before it.
        """
        precision = Precision.ESTIMATED_AGE if estimated else Precision.DECLARED_AGE
        earliest = add_years(on, -(years + margin + 1)) + timedelta(days=1)
        return cls(earliest, add_years(on, -max(years - margin, 0)), precision)

    def overlaps(self, other: Approx) -> bool:
        """Whether both could be the same day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def age_on(self, day: date) -> tuple[int, int]:
        """Lowest and highest age in completed years on a day."""
        return completed_years(self.latest, day), completed_years(self.earliest, day)

    def birthday(self, years: int) -> Approx:
        """The interval in which the birthday of that age falls."""
        return Approx(add_years(self.earliest, years), add_years(self.latest, years), self.precision)

    def to_json(self) -> list[str]:
        """A form that JSON can hold and :meth:`from_json` reads back."""
        return [self.earliest.isoformat(), self.latest.isoformat(), self.precision.value]

    @classmethod
    def from_json(cls, value: list[str]) -> Approx:
        """Read what :meth:`to_json` wrote."""
        return cls(date.fromisoformat(value[0]), date.fromisoformat(value[1]), Precision(value[2]))


def add_years(day: date, years: int) -> date:
    """The same day of another year; 29 February becomes 1 March in a year that has none.

    The later day is chosen because a child then keeps a child's protection one day longer, never one day less.
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def completed_years(born: date, day: date) -> int:
    """Completed years of life on a day; 0 before birth."""
    return max(0, day.year - born.year - (add_years(born, day.year - born.year) > day))

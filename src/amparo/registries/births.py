"""What a row says of a birth: a date, or an age on the day of registration; and whether the two agree. Pure."""

from __future__ import annotations

from datetime import date
from typing import Any

from amparo.kernel.dates import Approx, Precision, completed_years
from amparo.pack.layouts import Layout
from amparo.registries.cells import Cells
from amparo.registries.reasons import Reason

_OLDEST = 115


class Rule:
    """How the rows of a layout tell a birth."""

    def __init__(self, layout: Layout) -> None:
        self._registered_on = layout.registered_on
        self._birth = next((column.name for column in layout.columns if column.to == "birth"), "")
        self._margin = next((column.margin for column in layout.columns if column.to == "age"), 0)

    def settle(self, cells: Cells, fields: dict[str, Any]) -> None:
        """Put ``birth`` into ``fields`` as an interval, noting what disagrees.

        A birth after the registration sets the row aside. A date that disagrees with the age by more than a year is
        kept, because nobody can know from here which of the two is wrong; where day and month swapped would agree,
        that is said.
        """
        born, age = fields.pop("birth", ""), fields.get("age", "")
        registered_on = cells.values.get(self._registered_on, "")
        on = _day(fields.get("event_on", "") or registered_on)
        if born:
            day = date.fromisoformat(born)
            fields["birth"] = Approx.exact(day)
            self._compare(day, age, on, _day(registered_on) or on, cells)
        elif age and on:
            fields["birth"] = from_age(age, on, self._margin)

    def _compare(self, day: date, age: str, on: date | None, registered: date | None, cells: Cells) -> None:
        typed = cells.typed.get(self._birth, "")
        if registered and (day > registered or registered.year - day.year > _OLDEST):
            cells.reasons.append(Reason("birth.impossible", self._birth, typed))
        elif age and on and not _fits(day, age, on):
            swapped = _swapped(day)
            code = "note.birth_swapped" if swapped and _fits(swapped, age, on) else "note.birth_and_age"
            cells.notes.append(Reason(code, self._birth, typed, {"age": age}))


def from_age(age: str, on: date, margin: int) -> Approx:
    """The birth of somebody of an age such as ``17``, or in a range such as ``15-17``, on a day."""
    low, _, high = age.partition("-")
    youngest = Approx.born_at_age(int(low), on, margin=margin, estimated=margin > 0)
    if not high:
        return youngest
    oldest = Approx.born_at_age(int(high), on, margin=margin, estimated=True)
    return Approx(oldest.earliest, youngest.latest, Precision.ESTIMATED_AGE)


def _fits(day: date, age: str, on: date) -> bool:
    """Whether a birth and an age agree, give or take the year by which people round."""
    low, _, high = age.partition("-")
    return int(low) - 1 <= completed_years(day, on) <= int(high or low) + 1


def _swapped(day: date) -> date | None:
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

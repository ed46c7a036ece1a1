"""What a row says of a birth: a date, or an age on the day of registration; and whether the two agree. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from amparo.kernel.dates import Approx, Precision
from amparo.pack.layouts import Layout
from amparo.registries.reasons import Reason

_OLDEST = 115


def settle(
    layout: Layout,
    typed: Mapping[str, str],
    values: Mapping[str, str],
    fields: dict[str, Any],
    notes: list[Reason],
    reasons: list[Reason],
) -> None:
    """Put ``birth`` into ``fields`` as an interval, noting what disagrees.

    A birth after the registration sets the row aside. A date that disagrees with the age by more than a year is kept,
    because nobody can know from here which of the two is wrong; where day and month swapped would agree, that is said.
    """
    columns = {column.to: column for column in layout.columns if column.to in ("birth", "age")}
    born, age = fields.pop("birth", ""), fields.get("age", "")
    on = _day(fields.get("event_on", "")) or _day(values.get(layout.registered_on, ""))
    registered = _day(values.get(layout.registered_on, "")) or on
    if born:
        day = date.fromisoformat(born)
        name = columns["birth"].name
        fields["birth"] = Approx.exact(day).to_json()
        if registered and (day > registered or registered.year - day.year > _OLDEST):
            reasons.append(Reason("birth.impossible", name, typed.get(name, born)))
        elif age and on:
            _compare(day, age, on, Reason("", name, typed.get(name, born)), notes)
    elif age and on:
        fields["birth"] = from_age(age, on, columns["age"].margin).to_json()


def from_age(age: str, on: date, margin: int) -> Approx:
    """The birth of somebody of an age such as ``17``, or in a range such as ``15-17``, on a day."""
    low, _, high = age.partition("-")
    youngest = Approx.born_at_age(int(low), on, margin=margin, estimated=margin > 0)
    if not high:
        return youngest
    oldest = Approx.born_at_age(int(high), on, margin=margin, estimated=True)
    return Approx(oldest.earliest, youngest.latest, Precision.ESTIMATED_AGE)


def _compare(day: date, age: str, on: date, about: Reason, notes: list[Reason]) -> None:
    low, _, high = age.partition("-")
    if _fits(day, int(low), int(high or low), on):
        return
    swapped = _swapped(day)
    code = "note.birth_swapped" if swapped and _fits(swapped, int(low), int(high or low), on) else "note.birth_and_age"
    notes.append(Reason(code, about.column, about.value, {"age": age}))


def _fits(day: date, low: int, high: int, on: date) -> bool:
    """Whether a birth and an age agree, give or take the year by which people round."""
    lowest, highest = Approx.exact(day).age_on(on)
    return lowest <= high + 1 and highest >= low - 1


def _swapped(day: date) -> date | None:
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

"""Which office owes a step: the step names a kind of office, the person's records and places say which one. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple


class Holding(NamedTuple):
    """An office that holds a record of the person, or to which she was referred, and since when."""

    unit: str
    office: str
    department: str
    since: date


class Answerable(NamedTuple):
    """The office that answers for a step, and the department it answers in; empty where nobody can be named."""

    office: str = ""
    department: str = ""


def answerable(
    unit: str, holdings: Sequence[Holding], department: str, office_for: Callable[[str, str], str]
) -> Answerable:
    """The office of a kind that answers for a person.

    First the one that holds her newest record or was last sent a referral; where no office of that kind knows her,
    the one that covers the department where she was found (``office_for(unit, department)``, empty where the pack
    names none or several).
    """
    known = [holding for holding in holdings if holding.unit == unit]
    if known:
        newest = max(known, key=lambda holding: (holding.since, holding.office))
        return Answerable(newest.office or office_for(unit, department), newest.department or department)
    return Answerable(office_for(unit, department), department)


def departments_of(holdings: Sequence[Holding], places: Sequence[str]) -> list[str]:
    """Departments (two digits) where the person was found or is known, sorted."""
    found = {holding.department for holding in holdings} | {place[:2] for place in places}
    return sorted(department for department in found if department)


def only_office(offices: Mapping[tuple[str, str], Sequence[str]]) -> Callable[[str, str], str]:
    """A look-up of the one office that covers a department, by unit and department; none where there are several."""

    def find(unit: str, department: str) -> str:
        known = offices.get((unit, department), ())
        return known[0] if len(known) == 1 else ""

    return find

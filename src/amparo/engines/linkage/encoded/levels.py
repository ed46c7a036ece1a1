"""Graded levels of a pair of encodings; 0 is silence."""

from __future__ import annotations

from enum import IntEnum

from amparo.engines.linkage.encoded.clk import likeness
from amparo.engines.linkage.encoded.encoding import BITS, Encoding


class Name(IntEnum):
    """How alike the long-term keys are. Equal keys are equal names, in whatever order.

    ``THREE`` is a likeness in part with three whole names in common: sisters mostly have but their two surnames so.
    """

    MISSING, UNLIKE, SOME, PART, THREE, NEAR, SAME = range(7)


class Document(IntEnum):
    """Whether the numbers are one; encodings cannot tell a slip of one digit from another number."""

    MISSING, DIFFERENT, SAME = range(3)


class Birth(IntEnum):
    """Births to the day, else ages, which are seen only through names that the records share."""

    MISSING, APART, DAYS_DIFFER, AGES_AGREE, SAME = range(5)


class Origin(IntEnum):
    """The district somebody comes from."""

    MISSING, UNSEEN, SAME = range(3)


class Event(IntEnum):
    """The event: one day and district, or within the month and the region."""

    MISSING, UNSEEN, NEAR, SAME = range(4)


Levels = tuple[int, int, int, int, int]
COMPARISONS: dict[str, type[IntEnum]] = {
    "name": Name,
    "document": Document,
    "birth": Birth,
    "origin": Origin,
    "event": Event,
}
# The lowest likeness of each level of names; set on the development seeds.
_NAME_LEVELS = ((1.0, Name.SAME), (0.62, Name.NEAR), (0.40, Name.PART), (0.20, Name.SOME))


def levels(a: Encoding, b: Encoding) -> Levels:
    """The level of each comparison, in the order of :data:`COMPARISONS`."""
    return (
        _name(a, b),
        _single(a.document, b.document),
        _birth(a, b),
        _shared(a.origins, b.origins),
        _event(a, b),
    )


def _name(a: Encoding, b: Encoding) -> int:
    if a.name is None or b.name is None:
        return Name.MISSING
    alike = likeness(a.name, b.name, BITS)
    level = next((level for least, level in _NAME_LEVELS if alike >= least), Name.UNLIKE)
    return Name.THREE if level in (Name.SOME, Name.PART) and not a.trios.isdisjoint(b.trios) else level


def _single(one: str, other: str) -> int:
    if not one or not other:
        return Document.MISSING
    return Document.SAME if one == other else Document.DIFFERENT


def _birth(a: Encoding, b: Encoding) -> int:
    if a.born and b.born:
        if a.born == b.born:
            return Birth.SAME
        return Birth.APART if a.ages.isdisjoint(b.ages) else Birth.DAYS_DIFFER
    if not a.ages or not b.ages:
        return Birth.MISSING
    return Birth.APART if a.ages.isdisjoint(b.ages) else Birth.AGES_AGREE


def _shared(one: frozenset[str], other: frozenset[str]) -> int:
    if not one or not other:
        return Origin.MISSING
    return Origin.UNSEEN if one.isdisjoint(other) else Origin.SAME


def _event(a: Encoding, b: Encoding) -> int:
    if not a.near_events or not b.near_events:
        return Event.MISSING
    if not a.events.isdisjoint(b.events):
        return Event.SAME
    return Event.UNSEEN if a.near_events.isdisjoint(b.near_events) else Event.NEAR

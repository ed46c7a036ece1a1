"""What is compared, and the graded outcomes of each comparison.

Level 0 of every comparison means that one of the records is silent: it weighs nothing. The others go from
disagreement to the closest agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Given(IntEnum):
    """Given names as sets: nicknames, typing errors, order, and one set inside the other."""

    MISSING = 0
    DIFFERENT = 1
    SOME = 2  # one name agrees, and each has another that the other lacks
    INITIALS = 3
    NEAR = 4  # all agree, one of them but for a typing error
    PART = 5  # one has a name more
    REORDERED = 6
    SAME = 7
    SAME_SEVERAL = 8


class Surnames(IntEnum):
    """Two surnames in either order; a missing one is neutral."""

    MISSING = 0
    DIFFERENT = 1
    ONE_AND_CONFLICT = 2
    INITIALS = 3
    ONE_NEAR = 4
    ONE = 5  # one agrees, and one of the records has no other
    CROSSED = 6  # all names agree, but not in the roles they were written in
    BOTH_NEAR = 7
    BOTH_SWAPPED = 8
    BOTH = 9


class Birth(IntEnum):
    """Births as intervals."""

    MISSING = 0
    FAR = 1  # more than five years apart
    APART = 2  # more than two
    DAYS_DIFFER = 3  # two exact days, by more than a typing error
    CLOSE = 4  # an age and a year, or an age and a day, a little apart
    AGES_AGREE = 5  # both intervals are years or ages
    AGE_AND_DAY_AGREE = 6  # a day lies inside the other's year or age
    TYPO = 7  # two exact days that differ in one digit, two swapped digits, or by one day
    SWAPPED = 8
    SAME = 9


class DocumentLevel(IntEnum):
    """Document numbers of the same kind."""

    MISSING = 0
    DIFFERENT = 1
    NEAR = 2
    SAME = 3


class Sex(IntEnum):
    """Sex as written."""

    MISSING = 0
    DIFFERENT = 1
    SAME = 2


class Nationality(IntEnum):
    """Nationality as written."""

    MISSING = 0
    DIFFERENT = 1
    SAME = 2


class Origin(IntEnum):
    """District of origin."""

    MISSING = 0
    DIFFERENT = 1
    DEPARTMENT = 2
    PROVINCE = 3
    DISTRICT = 4


class Event(IntEnum):
    """The event (rescue) that brought the record about: its day and district, or a case number that both bear."""

    MISSING = 0
    DIFFERENT = 1
    PLACE = 2
    NEAR = 3  # within a month, in the same department or where it is not told
    NEAR_AND_PLACE = 4  # within a week, or day and month swapped, in the same district
    DAY = 5
    DAY_AND_PLACE = 6
    CASE = 7


class Reference(IntEnum):
    """A number that an institution gives to one person only."""

    MISSING = 0
    SHARED = 1


class Alias(IntEnum):
    """What she is called, against an alias or a given name."""

    MISSING = 0
    DIFFERENT = 1
    GIVEN = 2
    SAME = 3


class Native(IntEnum):
    """A native name, against a native or an official one."""

    MISSING = 0
    DIFFERENT = 1
    PART = 2
    SAME = 3


@dataclass(frozen=True, slots=True)
class Comparing:
    """One comparison: its code and its levels."""

    code: str
    levels: type[IntEnum]


COMPARISONS: tuple[Comparing, ...] = (
    Comparing("given", Given),
    Comparing("surnames", Surnames),
    Comparing("birth", Birth),
    Comparing("document", DocumentLevel),
    Comparing("sex", Sex),
    Comparing("nationality", Nationality),
    Comparing("origin", Origin),
    Comparing("event", Event),
    Comparing("reference", Reference),
    Comparing("alias", Alias),
    Comparing("native", Native),
)
CODES: tuple[str, ...] = tuple(each.code for each in COMPARISONS)
POSITION: dict[str, int] = {code: position for position, code in enumerate(CODES)}


def level_code(comparison: str, level: int) -> str:
    """The stable, lower-case code of a level, such as ``both_swapped``."""
    return COMPARISONS[POSITION[comparison]].levels(level).name.lower()


def level_count(comparison: str) -> int:
    """How many levels a comparison has, silence included."""
    return len(COMPARISONS[POSITION[comparison]].levels)

"""Two records side by side: one graded level per comparison, with the rarity of the names that agree.

Every comparison is symmetric and reads nothing but the two records.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

from amparo.engines.linkage import documents, match_names
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.levels import CODES, Birth, DocumentLevel, Event, Nationality, Origin, Reference, Sex
from amparo.engines.linkage.names import NameTables
from amparo.engines.linkage.prepare import Birth as BirthInterval
from amparo.engines.linkage.prepare import Prepared, prepare

_YEAR = 366
_LEVEL_OF_LIKENESS = {
    documents.Likeness.UNRELATED: DocumentLevel.MISSING,
    documents.Likeness.DIFFERENT: DocumentLevel.DIFFERENT,
    documents.Likeness.NEAR: DocumentLevel.NEAR,
    documents.Likeness.SAME: DocumentLevel.SAME,
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The levels of all comparisons in the order of :data:`levels.CODES`.

    ``given_rarity`` and ``surname_rarity`` are bits that the rarity of the agreeing names adds to (or, for common
    names, takes from) the weight of the level.
    """

    levels: tuple[int, ...]
    given_rarity: float = 0.0
    surname_rarity: float = 0.0

    def level(self, comparison: str) -> int:
        """The level of one comparison by its code."""
        return self.levels[CODES.index(comparison)]


def compare(a: Fields, b: Fields, tables: NameTables) -> Comparison:
    """Compare two records."""
    return compare_prepared(prepare(a, tables), prepare(b, tables))


def compare_prepared(a: Prepared, b: Prepared) -> Comparison:
    """Compare two records that were prepared with the same tables."""
    given, surnames = match_names.names(a, b)
    levels = (
        int(given[0]),
        int(surnames[0]),
        int(_birth(a.birth, b.birth)),
        int(_document(a, b)),
        int(_sex(a.fields.sex, b.fields.sex)),
        int(_nationality(a.fields.nationality, b.fields.nationality)),
        int(_origin(a.fields.origin, b.fields.origin)),
        int(_event(a, b)),
        int(Reference.SHARED if a.personal_refs & b.personal_refs else Reference.MISSING),
        int(match_names.alias(a, b)),
        int(match_names.native(a, b)),
    )
    return Comparison(levels, given[1], surnames[1])


def _birth(a: BirthInterval | None, b: BirthInterval | None) -> Birth:
    if a is None or b is None:
        return Birth.MISSING
    if a.day and b.day and not (a.invented or b.invented):
        return _days(a.day, b.day)
    gap = max(a.earliest - b.latest, b.earliest - a.latest)
    if gap <= 0:
        return Birth.AGE_AND_DAY_AGREE if _is_day(a) or _is_day(b) else Birth.AGES_AGREE
    return _apart(gap)


def _is_day(birth: BirthInterval) -> bool:
    return birth.day is not None and not birth.invented


def _apart(days: int) -> Birth:
    if days > 5 * _YEAR:
        return Birth.FAR
    return Birth.APART if days > 2 * _YEAR else Birth.CLOSE


def _days(a: date, b: date) -> Birth:
    if a == b:
        return Birth.SAME
    if a.year == b.year and (a.month, a.day) == (b.day, b.month):
        return Birth.SWAPPED
    if _is_typing_error(a, b):
        return Birth.TYPO
    level = _apart(abs((a - b).days))
    return Birth.DAYS_DIFFER if level == Birth.CLOSE else level


def _is_typing_error(a: date, b: date) -> bool:
    """In year, month or day one digit is wrong or two neighbours are swapped; or the days follow each other."""
    if abs(a.toordinal() - b.toordinal()) == 1:
        return True
    if (a.year == b.year) + (a.month == b.month) + (a.day == b.day) < 2:
        return False
    return OSA.distance(a.strftime("%Y%m%d"), b.strftime("%Y%m%d"), score_cutoff=1) <= 1


def _document(a: Prepared, b: Prepared) -> DocumentLevel:
    """Numbers that are not valid can only agree; where they differ they say nothing."""
    if a.document is None or b.document is None:
        return DocumentLevel.MISSING
    level = _LEVEL_OF_LIKENESS[documents.likeness(a.document, b.document)]
    if level is DocumentLevel.DIFFERENT and not (a.document.valid and b.document.valid):
        return DocumentLevel.MISSING
    return level


def _sex(a: str, b: str) -> Sex:
    if not a or not b:
        return Sex.MISSING
    return Sex.SAME if a == b else Sex.DIFFERENT


def _nationality(a: str, b: str) -> Nationality:
    if not a or not b:
        return Nationality.MISSING
    return Nationality.SAME if a == b else Nationality.DIFFERENT


def _origin(a: str, b: str) -> Origin:
    if not a or not b:
        return Origin.MISSING
    if a[:6] == b[:6]:
        return Origin.DISTRICT
    if a[:4] == b[:4]:
        return Origin.PROVINCE
    return Origin.DEPARTMENT if a[:2] == b[:2] else Origin.DIFFERENT


def _event(a: Prepared, b: Prepared) -> Event:
    if a.case_refs & b.case_refs:
        return Event.CASE
    here, there = a.fields.event_place[:6], b.fields.event_place[:6]
    same_place = bool(here) and here == there
    if a.event_day is None or b.event_day is None:
        return Event.PLACE if same_place else Event.MISSING
    days = abs(a.event_day - b.event_day)
    if days == 0:
        return Event.DAY_AND_PLACE if same_place else Event.DAY
    if same_place and (days <= 7 or _are_swapped(a.event_day, b.event_day)):
        return Event.NEAR_AND_PLACE
    if days <= 31 and (not here or not there or here[:2] == there[:2]):
        return Event.NEAR
    return Event.PLACE if same_place else Event.DIFFERENT


def _are_swapped(a: int, b: int) -> bool:
    left, right = date.fromordinal(a), date.fromordinal(b)
    return left.year == right.year and (left.month, left.day) == (right.day, right.month)

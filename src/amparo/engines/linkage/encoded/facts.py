"""What of a record goes into which encoding. The text made here is keyed at once and never leaves the process.

No fact that many people share is encoded by itself: a district, a year of birth or a surname alone would be told by
how often its encoding occurs. Each is bound to a pair of the record's names, so that it can be compared only between
records that may be of one person. A document and a birth to the day stand alone: hardly anybody shares the one, and
days are borne about equally often.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.names import NameTables
from amparo.engines.linkage.prepare import Birth, Part, Prepared, prepare

_MOST_SURNAMES, _MOST_GIVEN = 2, 2
_DAYS_IN_YEAR = 365.25
# Ages that do not agree to the year are compared by windows of three years, events by windows of thirty days.
_YEARS, _DAYS = 3, 30

MOST_NAMES = _MOST_SURNAMES + _MOST_GIVEN
_PAIRS = MOST_NAMES * (MOST_NAMES - 1) // 2
PLACES = {"trios": 4, "ages": 2 * _PAIRS, "origins": _PAIRS, "events": _PAIRS, "near_events": 2 * _PAIRS}
"""How many tokens of each kind a record has at most; fewer are filled up, so that their number says nothing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One record in words. ``words`` are the (strict, loose) keys of its names; empty is unknown throughout."""

    words: tuple[tuple[str, str], ...]
    sex: str
    document: str
    born: str
    trios: frozenset[str]
    ages: frozenset[str]
    origins: frozenset[str]
    events: frozenset[str]
    near_events: frozenset[str]


def facts(record: Fields, tables: NameTables) -> Facts:
    """The facts of one record. A number whose check character is wrong is left out, as is a birth that is invented."""
    known = prepare(record, tables)
    words = tuple(dict.fromkeys([*map(_word, known.surnames), *map(_word, known.given)]))
    compared = sorted({*(_word(part)[1] for part in _compared(known))})
    pairs = [f"{one}|{other}" for one, other in combinations(compared, 2)]
    document = known.document
    return Facts(
        words=words,
        sex=record.sex,
        document=f"{document.kind}|{document.number}" if document and document.valid else "",
        born=_born(known.birth),
        trios=frozenset("|".join(trio) for trio in combinations(compared, 3)) or frozenset(pairs),
        ages=_bound(pairs, _windows(known.birth)),
        origins=_bound(pairs, [record.origin[:6]] if record.origin else []),
        events=_bound(pairs, _event(known)),
        near_events=_bound(pairs, _near_event(known)),
    )


def _compared(known: Prepared) -> list[Part]:
    return [*known.surnames[:_MOST_SURNAMES], *known.given[:_MOST_GIVEN]]


def _word(part: Part) -> tuple[str, str]:
    """A name under one form: a surname without its particle, the one full name that a nickname stands for."""
    shorter = [form for form in part.also if part.loose.endswith(form) and len(form) >= 4]
    if shorter:
        form = min(shorter, key=len)
        return form, form
    if len(part.also) == 1 and not part.loose.endswith(next(iter(part.also))):
        return (next(iter(part.also)),) * 2
    return part.strict, part.loose


def _bound(pairs: list[str], told: list[str]) -> frozenset[str]:
    return frozenset(f"{pair}|{fact}" for pair in pairs for fact in told)


def _born(birth: Birth | None) -> str:
    """The birth if it is told to the day; day and month in order of size, since clerks swap them."""
    if birth is None or birth.day is None or birth.invented:
        return ""
    low, high = sorted((birth.day.day, birth.day.month))
    return f"{birth.day.year}|{low}|{high}"


def _windows(birth: Birth | None) -> list[str]:
    if birth is None:
        return []
    year = int((birth.earliest + birth.latest) / 2 / _DAYS_IN_YEAR) + 1
    return _overlapping(year, _YEARS)


def _overlapping(number: int, width: int) -> list[str]:
    """The two windows that a number is in; numbers at most half a window apart always share one."""
    half = max(width // 2, 1)
    return [f"a{number // width}", f"b{(number + half) // width}"]


def _event(known: Prepared) -> list[str]:
    place = known.fields.event_place[:6]
    return [f"{known.event_day}|{place}"] if place and known.event_day is not None else []


def _near_event(known: Prepared) -> list[str]:
    place = known.fields.event_place[:2]
    if not place or known.event_day is None:
        return []
    return [f"{place}|{window}" for window in _overlapping(known.event_day, _DAYS)]

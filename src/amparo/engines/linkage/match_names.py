"""Names against names: surnames in either order, given names as sets, all names whatever their role."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from math import fsum

from rapidfuzz.distance import OSA

from amparo.engines.linkage.levels import Alias, Given, Native, Surnames
from amparo.engines.linkage.names import Identity
from amparo.engines.linkage.prepare import Part, Prepared

# Grades of agreement between two names.
_DIFFERENT, _NEAR, _ALIKE, _SAME = 0, 1, 2, 3
_SHORTEST_NEAR = 4
# One wrong letter changes two letters of a name at most; reading m for rn changes three.
_MOST_LETTERS_APART = 3

Graded = tuple[int, float]  # a level and its rarity in bits


def names(a: Prepared, b: Prepared) -> tuple[Graded, Graded]:
    """Levels of given names and of surnames, each with the rarity of what agrees."""
    if a.identity is not Identity.NAMED or b.identity is not Identity.NAMED:
        return _by_initials(a, b)
    given, surnames = _given(a.given, b.given), _surnames(a.surnames, b.surnames)
    if surnames[0] <= Surnames.ONE_AND_CONFLICT or given[0] in (Given.MISSING, Given.DIFFERENT):
        crossed = _crossed(a, b)
        if crossed is not None:
            return (Given.MISSING, 0.0), (Surnames.CROSSED, crossed)
    return given, surnames


def grade(a: Part, b: Part) -> int:
    """How well two names agree: 3 under the strict key, 2 under the loose one or a table, 1 nearly, else 0.

    Nearly means but for one typing error, or as an initial and a name that begins with it. Two names that the tables
    list (Maria and Mayra, Juan and Juana) are not taken for one misspelled.
    """
    if a.strict == b.strict:
        return _SAME
    if a.loose == b.loose:
        return _ALIKE
    if (a.also or b.also) and (a.loose in b.also or b.loose in a.also or not a.also.isdisjoint(b.also)):
        return _ALIKE
    if len(a.strict) == 1 or len(b.strict) == 1:
        return _NEAR if a.strict[0] == b.strict[0] else _DIFFERENT
    if (a.known and b.known) or (a.letters ^ b.letters).bit_count() > _MOST_LETTERS_APART:
        return _DIFFERENT
    return _NEAR if _is_near(a.loose, b.loose) else _DIFFERENT


@lru_cache(maxsize=1 << 18)
def _is_near(a: str, b: str) -> bool:
    """One letter wrong, lacking, too many or swapped with its neighbour, or m read as rn (class 17)."""
    if max(len(a), len(b)) < _SHORTEST_NEAR:
        return False
    if OSA.distance(a, b, score_cutoff=1) <= 1:
        return True
    return a.replace("RN", "M") == b.replace("RN", "M")


def _by_initials(a: Prepared, b: Prepared) -> tuple[Graded, Graded]:
    """Initials are weak evidence; no name at all is none."""
    if Identity.NONE in (a.identity, b.identity):
        return (Given.MISSING, 0.0), (Surnames.MISSING, 0.0)
    left, right = Counter(a.initials), Counter(b.initials)
    fewest = min(left.total(), right.total())
    if fewest < 2:
        return (Given.MISSING, 0.0), (Surnames.MISSING, 0.0)
    if (left & right).total() < fewest:
        return (Given.DIFFERENT, 0.0), (Surnames.MISSING, 0.0)
    return (Given.INITIALS, 0.0), (Surnames.INITIALS, 0.0)


def _given(a: tuple[Part, ...], b: tuple[Part, ...]) -> Graded:
    if not a or not b:
        return Given.MISSING, 0.0
    matched = _matched(a, b)
    rarity = fsum(bits for _, _, _, bits in matched)
    fewest, most = sorted((len(a), len(b)))
    if not matched:
        return Given.DIFFERENT, 0.0
    only_nearly = all(how == _NEAR for _, _, how, _ in matched)
    if len(matched) < fewest or (only_nearly and fewest < most and not _has_initial(a, b)):
        return Given.SOME, rarity
    if _has_initial(a, b):
        return Given.INITIALS, 0.0
    if any(how == _NEAR for _, _, how, _ in matched):
        return Given.NEAR, rarity
    if fewest < most:
        return Given.PART, rarity
    if any(left != right for left, right, _, _ in matched):
        return Given.REORDERED, rarity
    return (Given.SAME_SEVERAL if fewest > 1 else Given.SAME), rarity


def _has_initial(a: tuple[Part, ...], b: tuple[Part, ...]) -> bool:
    return any(len(part.loose) == 1 for part in (*a, *b))


def _matched(a: tuple[Part, ...], b: tuple[Part, ...]) -> list[tuple[int, int, int, float]]:
    """Pairs of positions that agree, best first, each name used once: (left, right, grade, rarity)."""
    possible = [
        (-how, abs(left - right), min(left, right), left, right)
        for left, one in enumerate(a)
        for right, other in enumerate(b)
        if (how := grade(one, other))
    ]
    if len(possible) <= 1:
        return [(left, right, -how, _worth(a[left], b[right], -how)) for how, _, _, left, right in possible]
    found: list[tuple[int, int, int, float]] = []
    lefts: set[int] = set()
    rights: set[int] = set()
    for negative, _, _, left, right in sorted(possible):
        if left not in lefts and right not in rights:
            lefts.add(left)
            rights.add(right)
            found.append((left, right, -negative, _worth(a[left], b[right], -negative)))
    return found


def _worth(a: Part, b: Part, how: int) -> float:
    """Rarity of an agreement: that of the commoner of the two, half of it where there is a typing error."""
    bits = min(a.rarity, b.rarity)
    return bits / 2 if how == _NEAR else bits


def _surnames(a: tuple[Part, ...], b: tuple[Part, ...]) -> Graded:
    if not a or not b:
        return Surnames.MISSING, 0.0
    if len(a) == 2 and len(b) == 2:
        return _two_against_two(a, b)
    graded = [(how, _worth(one, other, how)) for one in a for other in b if (how := grade(one, other))]
    if not graded:
        return Surnames.DIFFERENT, 0.0
    how, bits = max(graded)
    return (Surnames.ONE_NEAR if how == _NEAR else Surnames.ONE), bits


def _two_against_two(a: tuple[Part, ...], b: tuple[Part, ...]) -> Graded:
    straight = (grade(a[0], b[0]), grade(a[1], b[1]))
    if straight[0] and straight[1]:
        return _both(straight, (a[0], b[0]), (a[1], b[1]), Surnames.BOTH)
    turned = (grade(a[0], b[1]), grade(a[1], b[0]))
    if turned[0] and turned[1]:
        return _both(turned, (a[0], b[1]), (a[1], b[0]), Surnames.BOTH_SWAPPED)
    one = max(
        (how, _worth(left, right, how))
        for how, left, right in (
            (straight[0], a[0], b[0]),
            (straight[1], a[1], b[1]),
            (turned[0], a[0], b[1]),
            (turned[1], a[1], b[0]),
        )
    )
    return (Surnames.ONE_AND_CONFLICT, one[1]) if one[0] > _NEAR else (Surnames.DIFFERENT, 0.0)


def _both(grades: tuple[int, int], first: tuple[Part, Part], second: tuple[Part, Part], level: Surnames) -> Graded:
    bits = _worth(*first, grades[0]) + _worth(*second, grades[1])
    return (Surnames.BOTH_NEAR if _NEAR in grades else level), bits


def _crossed(a: Prepared, b: Prepared) -> float | None:
    """Rarity of what agrees where every name of one record is among the other's in whatever role (class 18)."""
    if len(a.all_names & b.all_names) < 2:
        return None
    left, right = (*a.surnames, *a.given), (*b.surnames, *b.given)
    fewest = min(len(left), len(right))
    if fewest < 3 or len(left) + len(right) < 7:
        return None
    matched = [found for found in _matched(left, right) if found[2] >= _ALIKE]
    return fsum(found[3] for found in matched) if len(matched) >= fewest else None


def alias(a: Prepared, b: Prepared) -> int:
    """An alias against the other's alias or given names. Only agreement between aliases is ever asked for."""
    if not a.alias and not b.alias:
        return Alias.MISSING
    if a.alias & b.alias:
        return Alias.SAME
    if _called(a, b) or _called(b, a):
        return Alias.GIVEN
    return Alias.DIFFERENT if a.alias and b.alias else Alias.MISSING


def _called(a: Prepared, b: Prepared) -> bool:
    return any(part.loose in a.alias for part in b.given)


def native(a: Prepared, b: Prepared) -> int:
    """A native name against the other's native or official names."""
    if not a.native and not b.native:
        return Native.MISSING
    if a.native and b.native:
        shared = len(a.native & b.native)
        if shared == min(len(a.native), len(b.native)):
            return Native.SAME
        return Native.PART if shared else Native.DIFFERENT
    official = {part.loose for part in ((*b.given, *b.surnames) if a.native else (*a.given, *a.surnames))}
    return Native.PART if len((a.native or b.native) & official) >= 1 else Native.MISSING

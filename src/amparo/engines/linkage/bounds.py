"""The most that a pair of records can score, told for many pairs at once without comparing any.

Most pairs that share a key are of strangers, and comparing them one by one takes nearly all the time that linking
takes. For each comparison the columns leave a few levels possible; the weightiest of these is its bound, and the sum
of the bounds is at least the score. Pairs whose bound is below what is worth a question need not be compared. A test
holds the bounds to the scores of :func:`compare.compare_prepared`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from amparo.engines.linkage.columns import LONGEST_NUMBER, Columns
from amparo.engines.linkage.levels import (
    POSITION,
    Alias,
    Birth,
    DocumentLevel,
    Event,
    Given,
    Nationality,
    Native,
    Origin,
    Reference,
    Sex,
    Surnames,
)
from amparo.engines.linkage.pairing import Pairs
from amparo.engines.linkage.vocabulary import Numbers
from amparo.engines.linkage.weigh import Model

Bits = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# Sums are made in another order here than where pairs are scored.
_ROUNDING = 1e-6
_YEAR = 366
_NEVER = -np.inf


class Bounds:
    """The bounds of the pairs of these records under one model."""

    def __init__(self, columns: Columns, model: Model) -> None:
        self._columns = columns
        self._weights = {code: np.array(model.weights[place]) for code, place in POSITION.items()}
        # However well the names agree, their rarity adds no more than this.
        rarity = np.maximum(columns.names.rarity, 0.0)
        self._ceiling: Bits = sum((rarity[column] for column in columns.names.all), np.zeros(len(columns.sex)))
        self._most_of_names = max(
            self._best("given", *Given) + self._best("surnames", *Surnames), self._best("surnames", Surnames.CROSSED)
        )

    def worthwhile(self, pairs: Pairs, least: float) -> Pairs:
        """Those of the pairs that may score at least so many bits, in their order.

        What is told quickly is told first, and the rest only of those pairs for which it still decides anything.
        """
        lefts, rights = pairs
        least -= _ROUNDING
        rest = self._rest(lefts, rights)
        ceiling = np.minimum(self._ceiling[lefts], self._ceiling[rights])
        open_ = np.flatnonzero(rest + ceiling + self._most_of_names >= least)
        lefts, rights, rest, ceiling = lefts[open_], rights[open_], rest[open_], ceiling[open_]
        enough = self._by_roles_reach(lefts, rights, rest, ceiling, least)
        short = np.flatnonzero(~enough & (rest + ceiling + self._best("surnames", Surnames.CROSSED) >= least))
        enough[short] = rest[short] + self._crossed(lefts[short], rights[short]) >= least
        return lefts[enough], rights[enough]

    def _by_roles_reach(self, lefts: Numbers, rights: Numbers, rest: Bits, ceiling: Bits, least: float) -> Flags:
        named = self._columns.names.named[lefts] & self._columns.names.named[rights]
        enough: Flags = ~named & (rest + self._initials() >= least)
        places = np.flatnonzero(named)
        rest = rest[places] + self._surnames(lefts[places], rights[places])
        far = rest + ceiling[places] + self._best("given", *Given) >= least
        places, rest = places[far], rest[far]
        enough[places] = rest + self._given(lefts[places], rights[places]) >= least
        return enough

    def most(self, pairs: Pairs) -> Bits:
        """The bound of each pair."""
        bound: Bits = self._rest(*pairs) + np.maximum(self._by_roles(*pairs), self._crossed(*pairs))
        return bound

    def _best(self, code: str, *levels: int) -> float:
        return float(max(self._weights[code][level] for level in levels))

    def _rest(self, lefts: Numbers, rights: Numbers) -> Bits:
        """The bounds of everything but the names."""
        told = self._columns
        bound: Bits = self._birth(lefts, rights) + self._document(lefts, rights) + self._event(lefts, rights)
        for code, column, same, other in (
            ("sex", told.sex, Sex.SAME, Sex.DIFFERENT),
            ("nationality", told.nationality, Nationality.SAME, Nationality.DIFFERENT),
        ):
            one, two = column[lefts], column[rights]
            level = np.where(one == two, int(same), int(other)) * ((one > 0) & (two > 0))
            bound += self._weights[code][level]
        bound += self._weights["origin"][_nearness(told.origin, lefts, rights)]
        for code, flags, levels in (
            ("reference", told.has_personal_reference, Reference),
            ("alias", told.has_alias, Alias),
            ("native", told.has_native, Native),
        ):
            possible = flags[lefts] & flags[rights] if code == "reference" else flags[lefts] | flags[rights]
            bound += possible * self._best(code, *levels)
        return bound

    def _birth(self, lefts: Numbers, rights: Numbers) -> Bits:
        births, weights = self._columns.births, self._weights["birth"]
        gap = np.maximum(births.earliest[lefts] - births.latest[rights], births.earliest[rights] - births.latest[lefts])
        is_day, other_is_day = births.year[lefts] > 0, births.year[rights] > 0
        both = is_day & other_is_day
        level = np.select(
            [gap > 5 * _YEAR, gap > 2 * _YEAR, gap > 0, is_day | other_is_day],
            [int(Birth.FAR), int(Birth.APART), int(Birth.CLOSE), int(Birth.AGE_AND_DAY_AGREE)],
            int(Birth.AGES_AGREE),
        )
        level[both & (level == Birth.CLOSE)] = Birth.DAYS_DIFFER
        level[both & (gap == 0)] = Birth.SAME
        bound: Bits = weights[level * (births.told[lefts] & births.told[rights])]
        days = np.flatnonzero(both & (gap > 0))
        bound[days] = np.maximum(bound[days], self._mistyped(lefts[days], rights[days], gap[days]))
        return bound

    def _mistyped(self, lefts: Numbers, rights: Numbers, gap: Numbers) -> Bits:
        """What two different days weigh if they may be one that was mistyped; otherwise nothing can be said."""
        births = self._columns.births
        year = births.year[lefts] == births.year[rights]
        month = births.month[lefts] == births.month[rights]
        day = births.day[lefts] == births.day[rights]
        crossed = (births.month[lefts] == births.day[rights]) & (births.day[lefts] == births.month[rights])
        typo = (gap == 1) | (year.astype(np.int8) + month + day >= 2)
        weights = self._weights["birth"]
        return np.select(
            [year & crossed, typo], [max(weights[Birth.SWAPPED], weights[Birth.TYPO]), weights[Birth.TYPO]], _NEVER
        )

    def _document(self, lefts: Numbers, rights: Numbers) -> Bits:
        told, weights = self._columns.documents, self._weights["document"]
        one, other = told.number[lefts], told.number[rights]
        level = np.zeros(len(lefts), dtype=np.int8)
        both = (one > 0) & (other > 0)
        level[both & (one == other)] = DocumentLevel.SAME
        differ = np.flatnonzero(both & (one != other))
        near = self._may_be_near(lefts[differ], rights[differ])
        kind = told.kind[lefts[differ]]
        certain = ~near & (kind > 0) & (kind == told.kind[rights[differ]])
        level[differ[certain]] = DocumentLevel.DIFFERENT
        bound: Bits = weights[level]
        bound[differ[near]] = self._best("document", *DocumentLevel)
        bound[differ[~near & ~certain]] = self._best("document", DocumentLevel.MISSING, DocumentLevel.DIFFERENT)
        return bound

    def _may_be_near(self, lefts: Numbers, rights: Numbers) -> Flags:
        """Whether one typing error may part two numbers: of one length, two letters at most then differ."""
        told = self._columns.documents
        one, other = told.length[lefts], told.length[rights]
        near: Flags = np.abs(one - other) == 1
        alike = np.flatnonzero(one == other)
        wrong = (told.letters[lefts[alike]] != told.letters[rights[alike]]).sum(axis=1)
        near[alike] = (wrong <= 2) | (one[alike] > LONGEST_NUMBER)
        return near

    def _event(self, lefts: Numbers, rights: Numbers) -> Bits:
        told, weights = self._columns, self._weights["event"]
        here, there = told.place[0][lefts], told.place[0][rights]
        same_place = (here > 0) & (here == there)
        day, other = told.event_day[lefts], told.event_day[rights]
        both = (day > 0) & (other > 0)
        apart = np.abs(day - other)
        region = (here == 0) | (there == 0) | (told.place[2][lefts] == told.place[2][rights])
        level = np.select(
            [
                ~both & same_place,
                ~both,
                (apart == 0) & same_place,
                apart == 0,
                same_place & (apart <= 7),
                (apart <= 31) & region,
                same_place,
            ],
            [
                int(Event.PLACE),
                int(Event.MISSING),
                int(Event.DAY_AND_PLACE),
                int(Event.DAY),
                int(Event.NEAR_AND_PLACE),
                int(Event.NEAR),
                int(Event.PLACE),
            ],
            int(Event.DIFFERENT),
        )
        bound: Bits = weights[level]
        # Day and month may be swapped; only days of one year can be, and they are at most eleven months apart.
        swapped = both & same_place & (apart > 7) & (apart < _YEAR)
        bound[swapped] = np.maximum(bound[swapped], weights[Event.NEAR_AND_PLACE])
        case = told.has_case_reference[lefts] & told.has_case_reference[rights]
        bound[case] = np.maximum(bound[case], weights[Event.CASE])
        return bound

    def _by_roles(self, lefts: Numbers, rights: Numbers) -> Bits:
        """Names in the roles they were written in, or initials where one of the records has no more."""
        named = self._columns.names.named[lefts] & self._columns.names.named[rights]
        bound = np.full(len(lefts), self._initials())
        bound[named] = self._surnames(lefts[named], rights[named]) + self._given(lefts[named], rights[named])
        return bound

    def _initials(self) -> float:
        given, surnames = self._weights["given"], self._weights["surnames"]
        return max(0.0, float(given[Given.DIFFERENT]), float(given[Given.INITIALS] + surnames[Surnames.INITIALS]))

    def _agreement(self, one: Numbers, other: Numbers) -> Bits:
        """The rarity that two names add if they agree, each a column's part; -inf where they cannot agree."""
        names = self._columns.names
        found = np.full(len(one), _NEVER)
        told = np.flatnonzero((one > 0) & (other > 0))
        told = told[names.likeness.may_agree(one[told], other[told])]
        rarity = np.minimum(names.rarity[one[told]], names.rarity[other[told]])
        # Half of it is taken where there is a typing error, which makes more of a common name.
        found[told] = np.maximum(rarity, rarity / 2)
        return found

    def _surnames(self, lefts: Numbers, rights: Numbers) -> Bits:
        columns = self._columns.names.surnames
        a, b = [column[lefts] for column in columns], [column[rights] for column in columns]
        agree = [[self._agreement(one, other) for other in b] for one in a]
        two = np.maximum(agree[0][0] + agree[1][1], agree[0][1] + agree[1][0])
        one = np.maximum(np.maximum(*agree[0]), np.maximum(*agree[1]))
        full = (a[1] > 0) & (b[1] > 0)
        of_one = np.where(
            full,
            self._best("surnames", Surnames.ONE_AND_CONFLICT),
            self._best("surnames", Surnames.ONE, Surnames.ONE_NEAR),
        )
        of_two = self._best("surnames", Surnames.BOTH, Surnames.BOTH_NEAR, Surnames.BOTH_SWAPPED)
        found: Bits = np.maximum(np.maximum(one + of_one, two + of_two), self._best("surnames", Surnames.DIFFERENT))
        found[(a[0] == 0) | (b[0] == 0)] = 0.0
        return found

    def _given(self, lefts: Numbers, rights: Numbers) -> Bits:
        columns = self._columns.names.given
        counts = _counted(columns)
        turned = counts[lefts] > counts[rights]
        fewer, more = np.where(turned, rights, lefts), np.where(turned, lefts, rights)
        fewest, most = counts[fewer], counts[more]
        matched = np.zeros(len(lefts), dtype=np.int8)
        every, some = np.zeros(len(lefts)), np.zeros(len(lefts))
        for column in columns:
            places = np.flatnonzero(column[fewer] > 0)
            best = self._best_agreement(column[fewer[places]], more[places], columns)
            agrees = best > _NEVER
            matched[places] += agrees
            every[places] += best
            some[places[agrees]] += np.maximum(best[agrees], 0.0)
        whole = np.where(
            fewest < most,
            self._best("given", Given.PART, Given.NEAR),
            self._best("given", Given.NEAR, Given.REORDERED, Given.SAME, Given.SAME_SEVERAL),
        )
        found = np.maximum(every + whole, some + self._best("given", Given.SOME))
        found = np.maximum(found, self._best("given", Given.INITIALS, Given.DIFFERENT))
        found[matched == 0] = self._best("given", Given.DIFFERENT)
        found[fewest == 0] = 0.0
        return found

    def _best_agreement(self, names: Numbers, others: Numbers, columns: tuple[Numbers, ...]) -> Bits:
        """Of each name the best agreement with any of the names that the columns hold for another record."""
        best = np.full(len(names), _NEVER)
        for column in columns:
            told = np.flatnonzero(column[others] > 0)
            best[told] = np.maximum(best[told], self._agreement(names[told], column[others[told]]))
        return best

    def _crossed(self, lefts: Numbers, rights: Numbers) -> Bits:
        """All names whatever their roles; -inf where those of neither record can all be among the other's."""
        names = self._columns.names
        counts = _counted(names.all)
        found = np.full(len(lefts), _NEVER)
        enough = (counts[lefts] + counts[rights] >= 7) & (np.minimum(counts[lefts], counts[rights]) >= 3)
        places = np.flatnonzero(enough & names.named[lefts] & names.named[rights])
        turned = counts[lefts[places]] > counts[rights[places]]
        fewer = np.where(turned, rights[places], lefts[places])
        more = np.where(turned, lefts[places], rights[places])
        rarity = np.zeros(len(places))
        # Given names first: kin share the others.
        for column in reversed(names.all):
            told = np.flatnonzero((column[fewer] > 0) & (rarity > _NEVER))
            rarity[told] += self._best_agreement(column[fewer[told]], more[told], names.all)
        found[places] = rarity + self._best("surnames", Surnames.CROSSED)
        return found


def _counted(columns: tuple[Numbers, ...]) -> npt.NDArray[np.int8]:
    """How many names each record has in these columns."""
    counts = np.zeros(len(columns[0]), dtype=np.int8)
    for column in columns:
        counts += column > 0
    return counts


def _nearness(origin: tuple[Numbers, Numbers, Numbers], lefts: Numbers, rights: Numbers) -> npt.NDArray[np.int64]:
    """The level of two origins: the finest code that agrees."""
    district, province, department = (codes[lefts] == codes[rights] for codes in origin)
    level = np.select(
        [district, province, department],
        [int(Origin.DISTRICT), int(Origin.PROVINCE), int(Origin.DEPARTMENT)],
        int(Origin.DIFFERENT),
    )
    told: npt.NDArray[np.int64] = level * ((origin[0][lefts] > 0) & (origin[0][rights] > 0))
    return told

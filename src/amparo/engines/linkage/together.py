"""What third records say of a pair: whether a second person of the same names is anywhere to be seen.

Two records that differ by a given name may be of one person whose clerk was in a hurry, or of two sisters. The pair
alone cannot tell. The records around it can: if there is a sister, some institution has written her down too, with a
number, a birth or a name that is not this person's. So a pair that only *might* be of kin is joined where no such
record is seen, and a pair that would have been joined is asked about where a record of somebody else fits one side of
it nearly as well (compare the "clear best match" of one-to-one linkage, Fellegi and Sunter 1969, section 3, and
collective linkage, Bhattacharya and Getoor 2007). Only batches see the records around a pair; a single record at
intake is judged without, and is asked about more often.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import combinations

from amparo.engines.linkage import documents, gate
from amparo.engines.linkage.levels import Birth, DocumentLevel, Event, Given, Surnames
from amparo.engines.linkage.match_names import grade
from amparo.engines.linkage.pairs import ScoredPair
from amparo.engines.linkage.prepare import Part, Prepared
from amparo.engines.linkage.weigh import Model

# So many bits a rival may be behind and still throw doubt on a pair that nothing speaks against.
_CLOSE_BEHIND = 4.0
_ALIKE = 2
_TWO_LIVES = frozenset({"twins", "guardian_document", "mother_and_daughter"})
_UNLIKE = frozenset({"siblings", "different_documents", "births_differ", "birth_far_apart"})
_SEEN_TWICE = "maybe_siblings"

Judge = Callable[[Prepared, Prepared], ScoredPair]


def settled(
    pairs: Iterable[ScoredPair], records: Mapping[str, Prepared], model: Model, judge: Judge
) -> list[ScoredPair]:
    """The pairs with the verdicts that the records around them allow, in their order."""
    told = list(pairs)
    around = Surroundings(told, records, model, judge)
    changed = [around.settle(pair) for pair in told]
    joined = {(pair.left, pair.right) for pair in changed if pair.verdict == "join"}
    return [around.bridge(pair, joined) for pair in changed]


class Surroundings:
    """For each record, the others that may be of the same person."""

    def __init__(
        self, pairs: Iterable[ScoredPair], records: Mapping[str, Prepared], model: Model, judge: Judge
    ) -> None:
        self._records, self._model, self._judge = records, model, judge
        self._near: dict[str, dict[str, float]] = defaultdict(dict)
        self._apart: dict[tuple[str, str], bool] = {}
        for pair in pairs:
            if pair.verdict != "no" and gate.MAYBE.issuperset(pair.contradictions):
                self._near[pair.left][pair.right] = pair.score
                self._near[pair.right][pair.left] = pair.score

    def settle(self, pair: ScoredPair) -> ScoredPair:
        """The pair as it stands with the records around it."""
        if pair.verdict == "join":
            if not _is_sealed(pair) and self._is_doubtful(pair, behind=_CLOSE_BEHIND):
                return replace(pair, contradictions=(_SEEN_TWICE,), verdict="ask")
            return pair
        if not pair.contradictions or pair.score < self._model.join:
            return pair
        if not frozenset(self._model.trusted).issuperset(pair.contradictions):
            return pair
        if self._is_doubtful(pair, behind=None):
            return pair
        return replace(pair, contradictions=(), verdict="join")

    def _is_doubtful(self, pair: ScoredPair, *, behind: float | None) -> bool:
        return self._are_two(pair.left, pair.right) or self.rival(pair, behind=behind) or self._is_torn(pair)

    def _is_torn(self, pair: ScoredPair) -> bool:
        """Whether both records fit two others that are plainly of two people, so that nothing tells whose they are."""
        fitting = sorted(self._near[pair.left].keys() & self._near[pair.right].keys())
        return any(self._are_two(one, other) for one, other in combinations(fitting, 2))

    def rival(self, pair: ScoredPair, *, behind: float | None) -> bool:
        """Whether a third record fits one side and is of somebody else than the other side.

        ``behind`` is how many bits it may fit worse than the pair itself; None for however badly. A twin may fit
        however badly: her records are as scant as anybody's.
        """
        least = float("-inf") if behind is None else pair.score - behind
        return self._has_rival(pair.left, pair.right, least) or self._has_rival(pair.right, pair.left, least)

    def _has_rival(self, one: str, other: str, least: float) -> bool:
        for third, score in self._near[one].items():
            twins = self._are_twins(third, other)
            if third == other or not (twins or (score >= least and not self._covers(one, third, other))):
                continue
            if self._are_two(third, other):
                return True
        return False

    def _are_twins(self, one: str, other: str) -> bool:
        """Whether the numbers of two records are those of twins."""
        a, b = self._records[one].document, self._records[other].document
        return a is not None and b is not None and documents.are_consecutive(a, b)

    def bridge(self, pair: ScoredPair, joined: set[tuple[str, str]]) -> ScoredPair:
        """A pair whose given names differ, freed of that doubt where one record that joins both bears them all."""
        if "siblings" not in pair.contradictions or not gate.LIFTED_BY_A_BRIDGE.issuperset(pair.contradictions):
            return pair
        for third in self._near[pair.left].keys() & self._near[pair.right].keys():
            links = {(min(third, side), max(third, side)) for side in (pair.left, pair.right)}
            if links <= joined and self._covers(third, pair.left, pair.right):
                return replace(pair, contradictions=(_SEEN_TWICE,), verdict="ask")
        return pair

    def _covers(self, whole: str, one: str, other: str) -> bool:
        """Whether one record bears every given name of the two others, and these have none in common."""
        first, second = self._records[one].given, self._records[other].given
        if not first or not second or _shared(first, second):
            return False
        borne = self._records[whole].given
        return all(any(grade(name, each) >= _ALIKE for each in borne) for name in (*first, *second))

    def _are_two(self, one: str, other: str) -> bool:
        key = (min(one, other), max(one, other))
        known = self._apart.get(key)
        if known is None:
            a, b = self._records[key[0]], self._records[key[1]]
            pair = self._judge(a, b)
            by_names = _TWO_LIVES.isdisjoint(pair.contradictions)
            bridged = by_names and (self._is_bridged(*key) or self._is_bridged(*key[::-1]))
            known = self._apart[key] = are_two(a, b, pair) and not bridged
        return known

    def _is_bridged(self, one: str, other: str) -> bool:
        """Whether one number is written under the names of both, so that the names are of one person."""
        number, given = self._records[one].document, self._records[other].given
        if number is None or not number.valid:
            return False
        for third in self._near[one]:
            record = self._records[third]
            if third != other and record.document == number and _are_the_same(record.given, given):
                return True
        return False


def are_two(a: Prepared, b: Prepared, pair: ScoredPair) -> bool:
    """Whether two records of like names are plainly of two people.

    Two numbers under one whole name, one event and one age are not plain: that is how a false paper looks. Two rows
    that one institution wrote of one event, with names that are not wholly the same, are: clerks count heads. So are
    two rows of one name that it wrote of two events a few days apart, unless the birth is one.
    """
    against = frozenset(pair.contradictions)
    given, surnames, birth, document, _, _, _, event = pair.comparison.levels[:8]
    whole_name = given >= Given.REORDERED and surnames >= Surnames.ONE_NEAR
    if against & _TWO_LIVES:
        return True
    if whole_name and event >= Event.DAY:
        return False
    if against & _UNLIKE:
        guessed = birth == Birth.CLOSE or birth >= Birth.AGES_AGREE
        return not whole_name or not guessed or "different_documents" in against
    if document == DocumentLevel.SAME or not a.fields.institution or a.fields.institution != b.fields.institution:
        return False
    if whole_name:
        return Event.NEAR <= event < Event.DAY and birth < Birth.TYPO
    return event >= Event.DAY_AND_PLACE and given == Given.PART


def _is_sealed(pair: ScoredPair) -> bool:
    """Whether one number stands beside one whole name: whoever else there may be, these two are one."""
    given, surnames, _, document = pair.comparison.levels[:4]
    return document == DocumentLevel.SAME and given >= Given.REORDERED and surnames >= Surnames.ONE_NEAR


def _are_the_same(first: tuple[Part, ...], second: tuple[Part, ...]) -> bool:
    return len(first) == len(second) > 0 and all(any(grade(name, each) >= _ALIKE for each in second) for name in first)


def _shared(first: Iterable[Part], second: tuple[Part, ...]) -> bool:
    return any(grade(name, each) for name in first for each in second)

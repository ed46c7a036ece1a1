"""Many records at once, and one record against its candidates: the same functions, the same scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import combinations

from amparo.engines.linkage import block, gate, spread, together
from amparo.engines.linkage.bounds import Bounds
from amparo.engines.linkage.cluster import Join, clusters
from amparo.engines.linkage.compare import Comparison, compare_prepared
from amparo.engines.linkage.decide import Thresholds, verdict
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.levels import Birth, Given
from amparo.engines.linkage.names import NameTables
from amparo.engines.linkage.packed import PackedPairs, pack_pairs, unpack_pairs
from amparo.engines.linkage.pairing import LARGEST_BLOCK, Keyed, Pairs, blocks_of
from amparo.engines.linkage.pairs import ScoredPair
from amparo.engines.linkage.prepare import Prepared, prepare
from amparo.engines.linkage.ready import Ready, ready
from amparo.engines.linkage.weigh import Model

__all__ = [
    "LARGEST_BLOCK",
    "ScoredPair",
    "as_joined",
    "candidate_pairs",
    "is_doubtful",
    "judge",
    "link",
    "link_ready",
    "people",
    "score_one",
    "tables_for",
]


def tables_for(model: Model, tables: NameTables) -> NameTables:
    """The tables with the shares of names that a model learnt; the same object for the same model and tables."""
    if model.surnames is None and model.given is None:
        return tables
    return _overlaid(_Shared(model), tables)


class _Shared:
    """A model as a key: equal to another that has the same shares of names."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._told = model.shares

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shared) and self._told == other._told

    def __hash__(self) -> int:
        return hash(self._told)


@lru_cache(maxsize=16)
def _overlaid(shared: _Shared, tables: NameTables) -> NameTables:
    return replace(tables, surnames_learnt=shared.model.surnames, given_learnt=shared.model.given)


def score_one(record: Fields, candidates: Iterable[Fields], model: Model, tables: NameTables) -> list[ScoredPair]:
    """One record against candidates, the likeliest first.

    The scores are those of the batch. The verdicts are more careful: only the candidates are seen, and not who else
    there is around them, so that a pair that might be of kin is always asked about.
    """
    shares = tables_for(model, tables)
    one = prepare(record, shares)
    others = {each.record_id: prepare(each, shares) for each in candidates if each.record_id != record.record_id}
    pairs = [judge(one, other, model) for other in others.values()]
    known = {**others, record.record_id: one}
    found = together.settled(pairs, known, replace(model, trusted=()), partial(judge, model=model))
    return sorted(found, key=lambda pair: (-pair.score, pair.left, pair.right))


def judge(a: Prepared, b: Prepared, model: Model) -> ScoredPair:
    """Compare, weigh and gate one pair that was prepared with :func:`tables_for` the model."""
    comparison = compare_prepared(a, b)
    return _judged(a, b, comparison, model.score(comparison), model)


def _judged(a: Prepared, b: Prepared, comparison: Comparison, score: float, model: Model) -> ScoredPair:
    against = gate.contradictions(a, b, comparison, telling=model.telling)
    left, right = sorted((a.fields.record_id, b.fields.record_id))
    return ScoredPair(left, right, score, against, verdict(score, against, Thresholds.of(model)), comparison)


def link(
    records: Sequence[Fields],
    model: Model,
    tables: NameTables,
    *,
    keep_below_ask: bool = False,
    largest_block: int = LARGEST_BLOCK,
    processes: int = 1,
) -> list[ScoredPair]:
    """Score every pair of records that shares a key, sorted by record ids. Record ids must be unique.

    Pairs whose verdict is ``no`` are left out, unless asked for or unless a chain of others would put them together:
    those are what keeps :func:`people` from doing so. ``processes`` changes the time that it takes, never the answer.
    """
    with spread.undisturbed():
        told = ready(records, tables_for(model, tables), largest_block=largest_block, processes=processes)
        return link_ready(told, model, keep_below_ask=keep_below_ask, processes=processes)


def link_ready(told: Ready, model: Model, *, keep_below_ask: bool = False, processes: int = 1) -> list[ScoredPair]:
    """The same for records that were made ready with :func:`tables_for` the model."""
    bounds = None if keep_below_ask else Bounds(told.columns, model)

    def weigh(part: int) -> PackedPairs:
        stretches = told.blocks.pairs(part, processes)
        return pack_pairs([pair for each in stretches for pair in _weighed(told.records, each, model, bounds)])

    found = spread.over(processes, weigh)
    kept = sorted((pair for part in found for pair in unpack_pairs(part, told.records)), key=_by_records)
    judged = _Judged(model, kept)
    by_id = {record.fields.record_id: record for record in told.records}
    kept = together.settled(kept, by_id, model, judged)
    kept += [judged(a, b) for a, b in _barring(told, kept)]
    return sorted(kept, key=_by_records)


def _by_records(pair: ScoredPair) -> tuple[str, str]:
    return pair.left, pair.right


class _Judged:
    """Judges pairs, but for those that have been."""

    def __init__(self, model: Model, pairs: Iterable[ScoredPair]) -> None:
        self._model = model
        self._known = {(pair.left, pair.right): pair for pair in pairs}

    def __call__(self, a: Prepared, b: Prepared) -> ScoredPair:
        one, other = a.fields.record_id, b.fields.record_id
        known = self._known.get((one, other) if one < other else (other, one))
        return judge(a, b, self._model) if known is None else known


def _weighed(
    records: Sequence[Prepared], pairs: Pairs, model: Model, bounds: Bounds | None
) -> Iterator[tuple[int, int, ScoredPair]]:
    """Of these pairs those that are worth a question, or all where no bounds are given, with the records' places."""
    lefts, rights = bounds.worthwhile(pairs, model.ask) if bounds else pairs
    for left, right in zip(lefts.tolist(), rights.tolist(), strict=True):
        one, other = records[left], records[right]
        comparison = compare_prepared(one, other)
        score = model.score(comparison)
        if score < model.ask and bounds:
            continue
        pair = _judged(one, other, comparison, score, model)
        if bounds is None or pair.verdict != "no":
            yield (left, right, pair) if pair.left == one.fields.record_id else (right, left, pair)


def _barring(told: Ready, kept: Iterable[ScoredPair]) -> Iterator[tuple[Prepared, Prepared]]:
    """The pairs that were left out although a chain of others would put their records together."""
    pairs = list(kept)
    group = _groups(pairs)
    known = {(pair.left, pair.right) for pair in pairs}
    members: dict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(told.records):
        if record.fields.record_id in group:
            members[group[record.fields.record_id]].append(place)
    for places in members.values():
        for one, other in combinations(places, 2):
            a, b = told.records[one], told.records[other]
            left, right = a.fields.record_id, b.fields.record_id
            if (left, right) not in known and (right, left) not in known and told.blocks.share(one, other):
                yield a, b


def _groups(pairs: Iterable[ScoredPair]) -> dict[str, str]:
    """For each record that would be joined to others, the name of the group that all such links together make."""
    above: dict[str, str] = {}

    def top(record: str) -> str:
        while above.setdefault(record, record) != record:
            above[record] = above[above[record]]
            record = above[record]
        return record

    for pair in pairs:
        if pair.verdict == "join":
            above[top(pair.left)] = top(pair.right)
    return {record: top(record) for record in list(above)}


def people(record_ids: Iterable[str], pairs: Iterable[ScoredPair]) -> list[frozenset[str]]:
    """The sets of records that the machine would join alone, nobody having judged anything yet."""
    told = list(pairs)
    joins = [Join(pair.left, pair.right, pair.score) for pair in told if pair.verdict == "join"]
    doubts = [(pair.left, pair.right) for pair in told if is_doubtful(pair)]
    return clusters(record_ids, joins, (), doubts=doubts)


def as_joined(pairs: Iterable[ScoredPair], groups: Iterable[frozenset[str]]) -> list[ScoredPair]:
    """The pairs with the verdicts that the sets of :func:`people` give them.

    Two records of one set are joined, whatever the pair alone says: nobody need be asked. Two that were to be joined
    and ended in different sets, because something spoke against a third, are to be asked about.
    """
    owner = {record: number for number, group in enumerate(groups) for record in group}
    return [_as_joined(pair, in_one=owner[pair.left] == owner[pair.right]) for pair in pairs]


def _as_joined(pair: ScoredPair, *, in_one: bool) -> ScoredPair:
    if in_one:
        return replace(pair, verdict="join")
    return replace(pair, verdict="ask") if pair.verdict == "join" else pair


def is_doubtful(pair: ScoredPair) -> bool:
    """Whether something speaks against a pair, so that no chain of others may put its records together.

    Ages that do not quite meet do not, under one whole name: ages are guessed, and others hold the records together.
    """
    if not pair.contradictions:
        return pair.verdict == "no"
    against = frozenset(pair.contradictions) - gate.LACKING
    guessed = pair.comparison.level("birth") == Birth.CLOSE and pair.comparison.level("given") >= Given.REORDERED
    return bool(against) and not (guessed and against == {"births_differ"})


def candidate_pairs(records: Sequence[Prepared], *, largest_block: int = LARGEST_BLOCK) -> Iterator[tuple[int, int]]:
    """Places of records that share a key, each pair once and in order, the lower place first."""
    keyed = Keyed.of(map(block.keys_of, records))
    for lefts, rights in blocks_of(records, keyed, largest_block).pairs():
        yield from zip(lefts.tolist(), rights.tolist(), strict=True)

"""Many records at once, and one record against its candidates: the same functions, the same scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from amparo.engines.linkage import block, gate, spread, together
from amparo.engines.linkage.cluster import Join, clusters
from amparo.engines.linkage.compare import Comparison, compare_prepared
from amparo.engines.linkage.decide import Thresholds, verdict
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.levels import Birth, Given
from amparo.engines.linkage.names import NameTables
from amparo.engines.linkage.pairs import ScoredPair
from amparo.engines.linkage.prepare import Prepared, prepare, prepare_all
from amparo.engines.linkage.weigh import Model

__all__ = [
    "LARGEST_BLOCK",
    "ScoredPair",
    "as_joined",
    "candidate_pairs",
    "is_doubtful",
    "judge",
    "link",
    "partners_of",
    "people",
    "score_one",
    "tables_for",
]

LARGEST_BLOCK = 200


def tables_for(model: Model, tables: NameTables) -> NameTables:
    """The tables with the shares of names that a model learnt; the same object for the same model and tables."""
    if model.surnames is None and model.given is None:
        return tables
    return _overlaid(_Shared(model), tables)


class _Shared:
    """A model as a key: equal to another that has the same shares of names."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._told = repr((model.surnames, model.given))

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
    prepared = prepare_all(records, tables_for(model, tables))
    partners = partners_of(prepared, largest_block)

    def weigh(part: int) -> list[ScoredPair]:
        return list(_weighed(prepared, partners, range(part, len(prepared), processes), model, keep_all=keep_below_ask))

    kept = [pair for found in spread.over(processes, weigh) for pair in found]
    kept.sort(key=_by_records)
    by_id = {record.fields.record_id: record for record in prepared}
    kept = together.settled(kept, by_id, model, partial(judge, model=model))
    kept += list(_barring(prepared, partners, kept, model))
    return sorted(kept, key=_by_records)


def _by_records(pair: ScoredPair) -> tuple[str, str]:
    return pair.left, pair.right


def _weighed(
    records: Sequence[Prepared], partners: Sequence[set[int]], places: Iterable[int], model: Model, *, keep_all: bool
) -> Iterator[ScoredPair]:
    """The pairs of the records at these places with their partners, without those that are not worth a question."""
    for place in places:
        one = records[place]
        for other in partners[place]:
            comparison = compare_prepared(one, records[other])
            score = model.score(comparison)
            if score < model.ask and not keep_all:
                continue
            pair = _judged(one, records[other], comparison, score, model)
            if keep_all or pair.verdict != "no":
                yield pair


def _barring(
    records: Sequence[Prepared], partners: Sequence[set[int]], kept: Iterable[ScoredPair], model: Model
) -> Iterator[ScoredPair]:
    """The pairs that were left out although a chain of others would put their records together."""
    group = _groups(kept)
    known = {(pair.left, pair.right) for pair in kept}
    for place, others in enumerate(partners):
        one = group.get(records[place].fields.record_id)
        if one is None:
            continue
        for other in others:
            if one == group.get(records[other].fields.record_id):
                pair = judge(records[place], records[other], model)
                if (pair.left, pair.right) not in known:
                    yield pair


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
    """Positions of records that share a key, each pair once, the lower position first.

    A block with more than ``largest_block`` records is parted by window of birth, and what is still too
    large by district of origin; parts that remain too large are passed over, because so many share the key that it
    points to nobody, and records of one person share other keys.
    """
    for position, others in enumerate(partners_of(records, largest_block)):
        for other in sorted(others):
            yield position, other


def partners_of(records: Sequence[Prepared], largest_block: int = LARGEST_BLOCK) -> list[set[int]]:
    """For each record the places of those after it that share a key with it."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for position, record in enumerate(records):
        for key in block.keys_of(record):
            blocks[key].append(position)
    partners: list[set[int]] = [set() for _ in records]
    for members in blocks.values():
        for part in _parts(members, records, largest_block):
            _note(part, partners)
    return partners


def _note(members: Sequence[int], partners: list[set[int]]) -> None:
    for place, position in enumerate(members):
        partners[position].update(members[place + 1 :])


def _parts(members: list[int], records: Sequence[Prepared], largest: int) -> list[list[int]]:
    if len(members) < 2:
        return []
    if len(members) <= largest:
        return [members]
    finer: dict[str, list[int]] = defaultdict(list)
    for position in members:
        for window in block.birth_windows(records[position]):
            finer[window].append(position)
    small = [part for part in finer.values() if 1 < len(part) <= largest]
    large = [part for part in finer.values() if len(part) > largest]
    return [*small, *(piece for part in large for piece in _by_origin(part, records, largest))]


def _by_origin(members: list[int], records: Sequence[Prepared], largest: int) -> list[list[int]]:
    finer: dict[str, list[int]] = defaultdict(list)
    for position in members:
        if records[position].fields.origin:
            finer[records[position].fields.origin[:6]].append(position)
    return [part for part in finer.values() if 1 < len(part) <= largest]

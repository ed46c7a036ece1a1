"""What has been decided between records, by the machine and by people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.registries.models import Judgement, Pair, Record
from amparo.registries.queries.outcomes import said_of
from amparo.registries.rules import judging
from amparo.registries.rules.judging import Edge, Said

_CHUNK = 400


@dataclass(frozen=True, slots=True)
class Links:
    """The decisions among some records: what the machine joins with its score, and what people said of pairs."""

    records: frozenset[UUID]
    joins: dict[Edge, float]
    same: frozenset[Edge]
    not_same: frozenset[Edge]
    # Pairs that contradict each other: they stop the machine from joining through others, not a person.
    doubts: frozenset[Edge]


def every_link() -> Links:
    """All records with all decisions, for rebuilding everything."""
    records = frozenset(Record.objects.values_list("id", flat=True).iterator(chunk_size=5000))
    joins = Pair.objects.filter(verdict="join").values_list("left", "right", "score")
    same, not_same = _judged(said_of(Judgement.objects.all()))
    scored = {(left, right): score for left, right, score in joins.iterator(chunk_size=5000)}
    return Links(records, scored, same, not_same, _doubts(Pair.objects.all()))


def around(records: Collection[UUID]) -> Links:
    """The records that hang together with any of these, directly or through others, with the decisions among them."""
    found: set[UUID] = set(records)
    frontier = set(records)
    joins: dict[Edge, float] = {}
    same: set[Edge] = set()
    not_same: set[Edge] = set()
    while frontier:
        new_joins, judgements = _touching(frontier)
        now_same, now_not_same = _judged(judgements)
        joins |= new_joins
        same |= now_same
        not_same |= now_not_same
        frontier = {record for edge in (*new_joins, *now_same) for record in edge} - found
        found |= frontier
    return Links(frozenset(found), joins, frozenset(same), frozenset(not_same), _doubts_among(found))


def _doubts_among(records: set[UUID]) -> frozenset[Edge]:
    found: set[Edge] = set()
    for chunk in _chunks(sorted(records)):
        found |= {edge for edge in _doubts(Pair.objects.filter(left__in=chunk)) if edge[1] in records}
    return frozenset(found)


def _doubts(pairs: QuerySet[Pair]) -> frozenset[Edge]:
    return frozenset(pairs.filter(doubtful=True).values_list("left", "right").iterator(chunk_size=5000))


def _touching(records: set[UUID]) -> tuple[dict[Edge, float], list[Said]]:
    joins: dict[Edge, float] = {}
    judgements: list[Said] = []
    for chunk in _chunks(sorted(records)):
        either = Q(left__in=chunk) | Q(right__in=chunk)
        rows = Pair.objects.filter(either, verdict="join").values_list("left", "right", "score")
        joins |= {(left, right): score for left, right, score in rows}
        judgements += said_of(Judgement.objects.filter(either))
    return joins, judgements


def _judged(judgements: Iterable[Said]) -> tuple[frozenset[Edge], frozenset[Edge]]:
    """Pairs that people hold to be the same, and pairs they do not; ``unsure`` leaves a pair to the machine."""
    by_answer: dict[str, set[Edge]] = defaultdict(set)
    for edge, outcome in judging.standing(judgements).items():
        by_answer[outcome.answer].add(edge)
    return frozenset(by_answer["same"]), frozenset(by_answer["not_same"])


def _chunks(values: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))

"""Which records are one person. Pure: a translation between records' ids and the linkage engine."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from amparo.engines.linkage.cluster import Join, clusters
from amparo.registries.queries.links import Links


def people(links: Links) -> list[frozenset[UUID]]:
    """Part the records into people by the machine's joins and what people judged, which always wins."""
    names = {str(record): record for record in links.records}
    joins = [Join(str(left), str(right), score) for (left, right), score in links.joins.items()]
    joins += [Join(str(left), str(right), human=True) for left, right in links.same]
    parts = clusters(names, joins, _pairs(links.not_same), doubts=_pairs(links.doubts))
    return [frozenset(names[record] for record in part) for part in parts]


def anchor(records: Iterable[UUID]) -> UUID:
    """The record that gives a person her id and code: the earliest one that Amparo knew.

    Ids of records are ordered by time, so a person keeps her code when newer records join her, and each side of a
    separation has the code it had before (law 2).
    """
    return min(records)


def _pairs(edges: Iterable[tuple[UUID, UUID]]) -> list[tuple[str, str]]:
    return [(str(left), str(right)) for left, right in edges]

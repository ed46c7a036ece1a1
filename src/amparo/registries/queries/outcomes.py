"""How pairs stand among people: the fold over what they answered."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from amparo.registries.models import Judgement
from amparo.registries.rules import judging
from amparo.registries.rules.judging import Edge, Kind, Outcome, Said, State, may_see

_CHUNK = 400
_OPEN = (State.PENDING, State.DISPUTED)


def said_of(judgements: QuerySet[Judgement]) -> list[Said]:
    """Judgements as the fold takes them."""
    rows = judgements.values_list("id", "left", "right", "answer", "at", "undoes", "by", "kind")
    return [Said(*row) for row in rows]


def every() -> dict[Edge, Outcome]:
    """How every pair stands that anybody answered."""
    return judging.standing(said_of(Judgement.objects.all()))


def of(left: UUID, right: UUID) -> Outcome | None:
    """How the pair of two records stands; ``None`` where no answer does."""
    low, high = sorted((left, right))
    return judging.standing(said_of(Judgement.objects.filter(left=low, right=high))).get((low, high))


def among(records: Collection[UUID]) -> dict[Edge, Outcome]:
    """How pairs stand that have both their records among these."""
    ids, said = sorted(records), list[Said]()
    for start in range(0, len(ids), _CHUNK):
        said += said_of(Judgement.objects.filter(left__in=ids[start : start + _CHUNK]))
    known = set(records)
    return judging.standing(each for each in said if each.right in known)


def open_ones() -> dict[Edge, Outcome]:
    """Pairs that wait for a second opinion or on which two people disagree."""
    opinions = Judgement.objects.filter(kind=Kind.OPINION, undone_by__isnull=True)
    around = Q(left__in=opinions.values("left"), right__in=opinions.values("right"))
    found = judging.standing(said_of(Judgement.objects.filter(around)))
    return {edge: outcome for edge, outcome in found.items() if outcome.state in _OPEN}


def disputed() -> dict[Edge, Outcome]:
    """Pairs on which two people disagree."""
    return {edge: outcome for edge, outcome in open_ones().items() if outcome.state is State.DISPUTED}


def hidden_from(reader: str, *, resolves: bool) -> list[UUID]:
    """Ids of others' answers that a reader may not see yet: knowing them would sway her own."""
    return [
        each.id
        for outcome in open_ones().values()
        for each in outcome.said
        if not may_see(outcome, by=each.by, reader=reader, resolves=resolves)
    ]

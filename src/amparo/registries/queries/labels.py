"""People's answers as labels for the weights, what stands adopted of them, and what adopting them would change."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from amparo.engines.linkage import labels, shipped
from amparo.engines.linkage.labels import Change, Compared, Label
from amparo.engines.linkage.weigh import Model
from amparo.registries.models import LabelAdoption, LinkModel, Pair
from amparo.registries.queries import outcomes
from amparo.registries.rules.judging import Edge, State

VERDICTS = ("join", "ask", "no")


@dataclass(frozen=True, slots=True)
class Adoption:
    """Labels that somebody let the weights learn from."""

    id: UUID
    labels: int
    at: datetime
    by: str
    reverted_at: datetime | None
    reverted_by: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the weights would be with every label there is.

    ``before`` and ``after`` count the pairs of today by verdict; ``moved`` counts those that change, by both verdicts.
    ``unused`` are answers about pairs that a contradiction bars, which teach the weights nothing.
    """

    base: str
    labels: tuple[Label, ...]
    unused: int
    expected: float
    changes: tuple[Change, ...]
    before: dict[str, int]
    after: dict[str, int]
    moved: dict[tuple[str, str], int]
    join_before: float
    join_after: float
    join_raised_by: float


def base() -> tuple[str, Model]:
    """The newest trained weights by name, or the shipped ones, without what answers taught them.

    The same object as long as none newer were trained, so that what hangs from it need not be made anew.
    """
    newest = LinkModel.objects.order_by("-trained_at").values_list("name", "trained_at").first()
    return ("shipped", shipped.shipped()) if newest is None else (newest[0], _read(*newest))


@lru_cache(maxsize=2)
def _read(name: str, _trained_at: datetime) -> Model:
    """Weights may be trained anew under one name within a second; the moment tells them apart."""
    return Model.from_json(json.dumps(LinkModel.objects.values_list("weights", flat=True).get(name=name)))


def adopted() -> LabelAdoption | None:
    """The adoption that counts: the latest that nobody reverted."""
    return LabelAdoption.objects.filter(reverted_at=None).order_by("-at", "-id").first()


def overlaid(name: str, model: Model) -> tuple[str, Model]:
    """Trained weights with what the adopted labels teach them; as they are where none are adopted."""
    standing = adopted()
    if standing is None:
        return name, model
    told = [Label(Compared(tuple(levels), rarity), same) for levels, rarity, same in standing.labels]
    learnt = labels.learn(model, told, expected=standing.expected)
    raised = standing.effect.get("join_raised_by", 0.0)
    return f"{name}+{standing.id.hex[-8:]}", replace(learnt, join=learnt.join + raised)


def proposal() -> Proposal:
    """What every answer that stands would teach the trained weights, against what counts at present."""
    name, trained = base()
    _, present = overlaid(name, trained)
    pairs = list(_pairs())
    told = _answers()
    known = [Label(pair, told[edge]) for edge, pair, _ in pairs if edge in told]
    expected = sum(probability for _, pair, probability in pairs if not pair.contradictions)
    learnt = labels.learn(trained, known, expected=expected)
    after = labels.guarded(learnt, [(pair, told.get(edge)) for edge, pair, _ in pairs])
    verdicts = Counter((labels.verdict_of(pair, present), labels.verdict_of(pair, after)) for _, pair, _ in pairs)
    taught = tuple(labels.usable(known))
    return Proposal(
        base=name,
        labels=taught,
        unused=len(known) - len(taught),
        expected=expected,
        changes=tuple(labels.changes(present, after, known)),
        before={verdict: sum(n for (old, _), n in verdicts.items() if old == verdict) for verdict in VERDICTS},
        after={verdict: sum(n for (_, new), n in verdicts.items() if new == verdict) for verdict in VERDICTS},
        moved={(old, new): number for (old, new), number in verdicts.items() if old != new},
        join_before=present.join,
        join_after=after.join,
        join_raised_by=after.join - learnt.join,
    )


def _pairs() -> Iterator[tuple[Edge, Compared, float]]:
    rows = Pair.objects.order_by("id").values_list("left", "right", "evidence", "contradictions", "probability")
    for left, right, evidence, contradictions, probability in rows.iterator(chunk_size=5000):
        told = [(field, level, weight) for field, level, weight in evidence]
        yield (left, right), labels.of_evidence(told, contradictions), probability


def _answers() -> dict[Edge, bool]:
    """Pairs that people have decided, and whether they are one person."""
    return {edge: each.answer == "same" for edge, each in outcomes.every().items() if each.state is State.DECIDED}


def history() -> list[Adoption]:
    """Every adoption, the latest first."""
    rows = LabelAdoption.objects.order_by("-at", "-id")
    return [Adoption(row.id, len(row.labels), row.at, row.by, row.reverted_at, row.reverted_by) for row in rows]

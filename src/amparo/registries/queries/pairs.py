"""Pairs of records, for the reviewers' queue."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from amparo.registries.models import Judgement, Pair, RecordVersion
from amparo.registries.queries.links import said_of
from amparo.registries.rules import judging


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """What the machine says of two records: levels and weights, never the values compared."""

    id: UUID
    left: UUID
    right: UUID
    score: float
    probability: float
    verdict: str
    evidence: tuple[tuple[str, str, float], ...]
    contradictions: tuple[str, ...]
    model: str
    scored_at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer that somebody gave, and whether it was taken back."""

    id: UUID
    left: UUID
    right: UUID
    answer: str
    reason: str
    by: str
    at: datetime
    undone: bool


def _queue() -> QuerySet[Pair]:
    """Pairs to ask about that no standing answer settles. An answer of ``unsure`` settles a pair until it is undone."""
    answers = Judgement.objects.filter(
        left=OuterRef("left"), right=OuterRef("right"), undoes__isnull=True, undone_by__isnull=True
    )
    return Pair.objects.filter(verdict="ask").exclude(Exists(answers))


def _answers() -> QuerySet[Judgement]:
    """Answers that reviewers gave, taken back or not."""
    return Judgement.objects.filter(undoes__isnull=True).exclude(reason=judging.OPENED_FROM_THREAD)


def waiting(*, batch: UUID | None = None) -> int:
    """How many pairs wait for an answer; of one delivery, those with a record that it brought or changed."""
    if batch is None:
        return _queue().count()
    brought = RecordVersion.objects.filter(batch=batch).values("record")
    return _queue().filter(Q(left__in=brought) | Q(right__in=brought)).count()


def queue(*, start: int = 0, limit: int = 25) -> list[ScoredPair]:
    """Pairs that wait, those the machine is surest of first: each of them settles most."""
    return [_scored(pair) for pair in _queue().order_by("-score", "id")[start : start + limit]]


def after(pair: UUID) -> UUID | None:
    """The pair to show next."""
    return _queue().exclude(id=pair).order_by("-score", "id").values_list("id", flat=True).first()


def get(pair: UUID) -> ScoredPair | None:
    """One pair by its id."""
    found = Pair.objects.filter(id=pair).first()
    return _scored(found) if found else None


def decided(*, start: int = 0, limit: int = 25, by: str = "") -> list[Decision]:
    """Answers given, the latest first, with whether they still stand."""
    answers = _answers().order_by("-at", "-id")
    if by:
        answers = answers.filter(by=by)
    page = list(answers[start : start + limit])
    undone = set(Judgement.objects.filter(undoes__in=page).values_list("undoes", flat=True))
    return [_decision(row, undone=row.id in undone) for row in page]


def decided_count(*, by: str = "", since: datetime | None = None) -> int:
    """How many answers were given; those given ``since`` a moment count only while they stand."""
    answers = _answers()
    answers = answers.filter(by=by) if by else answers
    if since is None:
        return answers.count()
    undone = Judgement.objects.filter(undoes__isnull=False).values("undoes")
    return answers.filter(at__gte=since).exclude(id__in=undone).count()


def standing_answer(left: UUID, right: UUID) -> str:
    """The answer that counts for two records at present, empty where there is none."""
    low, high = sorted((left, right))
    said = judging.standing(said_of(Judgement.objects.filter(left=low, right=high)))
    found = said.get((low, high))
    return found.answer if found else ""


def ids_of(edges: Collection[judging.Edge]) -> dict[judging.Edge, UUID]:
    """The ids of the pairs of these records, lower id first, as far as the machine still finds them alike."""
    lefts = {left for left, _ in edges}
    rows = Pair.objects.filter(left__in=lefts).values_list("left", "right", "id")
    return {(left, right): pair for left, right, pair in rows if (left, right) in edges}


def answers(left: UUID, right: UUID) -> list[Decision]:
    """Answers about two records that nobody took back, the latest first."""
    low, high = sorted((left, right))
    rows = Judgement.objects.filter(left=low, right=high, undoes__isnull=True, undone_by__isnull=True)
    return [_decision(row, undone=False) for row in rows.order_by("-at", "-id")]


def decision(judgement: UUID) -> Decision | None:
    """One answer by its id."""
    row = Judgement.objects.filter(id=judgement, undoes__isnull=True).first()
    return _decision(row, undone=Judgement.objects.filter(undoes=row).exists()) if row else None


def last_by(name: str) -> Decision | None:
    """The last answer that somebody gave, if she has not taken it back."""
    row = _answers().filter(by=name).order_by("-at", "-id").first()
    found = _decision(row, undone=Judgement.objects.filter(undoes=row).exists()) if row else None
    return None if found is None or found.undone else found


def _decision(row: Judgement, *, undone: bool) -> Decision:
    return Decision(row.id, row.left_id, row.right_id, row.answer, row.reason, row.by, row.at, undone)


def _scored(pair: Pair) -> ScoredPair:
    return ScoredPair(
        id=pair.id,
        left=pair.left_id,
        right=pair.right_id,
        score=pair.score,
        probability=pair.probability,
        verdict=pair.verdict,
        evidence=tuple((field, level, weight) for field, level, weight in pair.evidence),
        contradictions=tuple(pair.contradictions),
        model=pair.model,
        scored_at=pair.scored_at,
    )

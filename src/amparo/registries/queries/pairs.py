"""Pairs of records that were scored, and the answers that people gave about them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from amparo.registries.models import Judgement, Pair, RecordVersion
from amparo.registries.rules import judging
from amparo.registries.rules.questions import Candidate


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
    risks: tuple[str, ...] = ()
    has_note: bool = False


def _unanswered() -> QuerySet[Pair]:
    """Pairs to ask about that no standing answer is about."""
    answers = Judgement.objects.filter(
        left=OuterRef("left"), right=OuterRef("right"), undoes__isnull=True, undone_by__isnull=True
    )
    return Pair.objects.filter(verdict="ask").exclude(Exists(answers))


def _answers() -> QuerySet[Judgement]:
    """Answers that reviewers gave, taken back or not."""
    return Judgement.objects.filter(undoes__isnull=True).exclude(reason=judging.OPENED_FROM_THREAD)


def _either(records: Collection[UUID]) -> Q:
    """Whether one of the two is among these records."""
    return Q(left__in=list(records)) | Q(right__in=list(records))


def about(records: Collection[UUID]) -> list[UUID]:
    """The answers that were given about a pair with one of these records."""
    return list(Judgement.objects.filter(_either(records)).values_list("id", flat=True)) if records else []


def waiting(*, batch: UUID) -> int:
    """How many pairs with a record that a delivery brought or changed nobody has answered."""
    brought = RecordVersion.objects.filter(batch=batch).values("record")
    return _unanswered().filter(Q(left__in=brought) | Q(right__in=brought)).count()


def candidates(*, without: Collection[UUID] = ()) -> list[Candidate]:
    """The pairs that the machine would ask about, answered or not; none with a record among ``without``."""
    rows = (
        Pair.objects.filter(verdict="ask").exclude(_either(without)).values_list("id", "left", "right", "probability")
    )
    return [Candidate(*row) for row in rows]


def contradictions_among(left: Collection[UUID], right: Collection[UUID]) -> set[str]:
    """The codes of what speaks against any pair with one record on either side."""
    either = Q(left__in=left, right__in=right) | Q(left__in=right, right__in=left)
    found = Pair.objects.filter(either).values_list("contradictions", flat=True)
    return {code for codes in found for code in codes}


def joined_among(records: Collection[UUID]) -> list[ScoredPair]:
    """The pairs of these records that the machine joins by itself, the surest first."""
    found = Pair.objects.filter(verdict="join", left__in=list(records), right__in=list(records))
    return [_scored(pair) for pair in found.order_by("-score", "id")]


def answers_among(records: Collection[UUID]) -> list[Decision]:
    """Every answer about two of these records, taken back or not, whoever asked for it; the latest first."""
    rows = Judgement.objects.filter(left__in=list(records), right__in=list(records), undoes=None)
    undone = Exists(Judgement.objects.filter(undoes=OuterRef("pk")))
    return [_decision(row, undone=row.undone) for row in rows.annotate(undone=undone).order_by("-at", "-id")]


def scored(ids: Collection[UUID]) -> dict[UUID, ScoredPair]:
    """Pairs by their ids."""
    return {pair.id: _scored(pair) for pair in Pair.objects.filter(id__in=list(ids))}


def get(pair: UUID) -> ScoredPair | None:
    """One pair by its id."""
    found = Pair.objects.filter(id=pair).first()
    return _scored(found) if found else None


def decided(*, start: int = 0, limit: int = 25, by: str = "", without: Collection[UUID] = ()) -> list[Decision]:
    """Answers given, the latest first, with whether they still stand; those in ``without`` are left out."""
    answers = _answers().exclude(id__in=list(without)).order_by("-at", "-id")
    if by:
        answers = answers.filter(by=by)
    page = list(answers[start : start + limit])
    undone = set(Judgement.objects.filter(undoes__in=page).values_list("undoes", flat=True))
    return [_decision(row, undone=row.id in undone) for row in page]


def decided_count(*, by: str = "", since: datetime | None = None, without: Collection[UUID] = ()) -> int:
    """How many answers were given; those given ``since`` a moment count only while they stand."""
    answers = _answers().exclude(id__in=list(without))
    answers = answers.filter(by=by) if by else answers
    if since is None:
        return answers.count()
    undone = Judgement.objects.filter(undoes__isnull=False).values("undoes")
    return answers.filter(at__gte=since).exclude(id__in=undone).count()


def ids_of(edges: Collection[judging.Edge]) -> dict[judging.Edge, UUID]:
    """The ids of the pairs of these records, lower id first, as far as the machine still finds them alike."""
    lefts = {left for left, _ in edges}
    rows = Pair.objects.filter(left__in=lefts).values_list("left", "right", "id")
    return {(left, right): pair for left, right, pair in rows if (left, right) in edges}


def given(ids: Collection[UUID]) -> list[Decision]:
    """Answers by their ids, the latest first; nobody has taken them back."""
    rows = Judgement.objects.filter(id__in=list(ids)).order_by("-at", "-id")
    return [_decision(row, undone=False) for row in rows]


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
    return Decision(
        id=row.id,
        left=row.left_id,
        right=row.right_id,
        answer=row.answer,
        reason=row.reason,
        by=row.by,
        at=row.at,
        undone=undone,
        risks=tuple(row.risks),
        has_note=row.has_note,
    )


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

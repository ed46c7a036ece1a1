"""Legal holds: while one stands, nothing of that record is erased, whoever asks for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.kernel.errors import Invalid, NotFound
from amparo.ledger import actions as ledger
from amparo.vault.models import LegalHold

_CHUNK = 500


def place(*, author: ledger.Author, subjects: Collection[UUID], reason: str, article: str, at: datetime) -> int:
    """Put records under a hold; returns how many were not under this one already.

    Raises ``Invalid`` for a reason that is not of the list or without an article of law.
    """
    if reason not in LegalHold.REASONS:
        raise Invalid("hold.unknown_reason", reasons=", ".join(LegalHold.REASONS))
    article = article.strip()
    if not article or len(article) > LegalHold._meta.get_field("article").max_length:  # type: ignore[operator]
        raise Invalid("vault.no_article")
    with transaction.atomic(), transaction.atomic(using="vault"):
        same = LegalHold.objects.filter(subject__in=subjects, reason=reason, article=article, lifted_at=None)
        new = sorted(set(subjects) - set(same.values_list("subject", flat=True)))
        LegalHold.objects.bulk_create(
            LegalHold(subject=subject, reason=reason, article=article, placed_at=at, placed_by=author.name)
            for subject in new
        )
        _record(author, "hold.place", at, new, {"reason": reason, "article": article})
    return len(new)


def lift(*, author: ledger.Author, subjects: Collection[UUID], why: str, at: datetime) -> int:
    """End every hold on records; returns how many ended.

    Raises ``Invalid`` for a reason that is not of the list and ``NotFound`` where there is no hold.
    """
    if why not in LegalHold.LIFTED_FOR:
        raise Invalid("hold.unknown_reason", reasons=", ".join(LegalHold.LIFTED_FOR))
    with transaction.atomic(), transaction.atomic(using="vault"):
        standing = LegalHold.objects.select_for_update().filter(subject__in=subjects, lifted_at=None)
        held = sorted(set(standing.values_list("subject", flat=True)))
        if not held:
            raise NotFound("hold.none")
        ended = standing.update(lifted_at=at, lifted_by=author.name, lifted_for=why)
        _record(author, "hold.lift", at, held, {"reason": why})
    return ended


def held(subjects: Collection[UUID]) -> set[UUID]:
    """Those of these records that are under a hold."""
    wanted, found = list(subjects), set()
    for start in range(0, len(wanted), _CHUNK):
        standing = LegalHold.objects.filter(subject__in=wanted[start : start + _CHUNK], lifted_at=None)
        found |= set(standing.values_list("subject", flat=True))
    return found


def of(subject: UUID) -> list[LegalHold]:
    """Every hold that a record is or was under, the newest first."""
    return list(LegalHold.objects.filter(subject=subject).order_by("-placed_at"))


def _record(author: ledger.Author, act: str, at: datetime, subjects: Sequence[UUID], detail: dict[str, object]) -> None:
    ledger.record(
        author=author, act=act, at=at, purpose="data_protection", basis="law", subjects=subjects, detail=detail
    )

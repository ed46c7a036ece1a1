"""Legal holds: while one stands, nothing of that record is erased, whoever asks for it.

Lifting one takes two people: one asks, somebody else does it. So whoever placed it never ends it alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.kernel.errors import Conflict, Invalid, NotFound
from amparo.ledger import actions as ledger
from amparo.vault.models import LegalHold

__all__ = ["LIFTED_FOR", "REASONS", "LegalHold", "Lifting", "get", "held", "keep", "lift", "of", "place", "standing"]

REASONS, LIFTED_FOR = LegalHold.REASONS, LegalHold.LIFTED_FOR
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Lifting:
    """What came of it: holds that ended, and those that now wait for somebody else to end them."""

    lifted: int = 0
    asked: int = 0


def place(*, author: ledger.Author, subjects: Collection[UUID], reason: str, article: str, at: datetime) -> int:
    """Put records under a hold; returns how many were not under this one already.

    Raises ``Invalid`` for a reason that is not of the list or without an article of law.
    """
    if reason not in REASONS:
        raise Invalid("hold.unknown_reason", reasons=", ".join(REASONS))
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


def lift(
    *, author: ledger.Author, subjects: Collection[UUID], why: str, at: datetime, only: int | None = None
) -> Lifting:
    """End holds on records where somebody else has asked for it; ask for it where nobody has.

    ``only`` is the number of the one hold that is meant; else every hold on these records is. Raises ``Invalid`` for a
    reason that is not of the list, ``NotFound`` where there is no hold, and ``Conflict`` for who asked herself.
    """
    if why not in LIFTED_FOR:
        raise Invalid("hold.unknown_reason", reasons=", ".join(LIFTED_FOR))
    with transaction.atomic(), transaction.atomic(using="vault"):
        found = _locked(subjects, only)
        asked = [hold for hold in found if hold.lift_asked_by and hold.lift_asked_by != author.name]
        fresh = [hold for hold in found if not hold.lift_asked_by]
        if not asked and not fresh:
            raise Conflict("hold.needs_another")
        for hold in asked:
            hold.lifted_at, hold.lifted_by, hold.lifted_for = at, author.name, why
        for hold in fresh:
            hold.lift_asked_at, hold.lift_asked_by = at, author.name
        for hold in (*asked, *fresh):
            hold.save()
        _record_all(author, "hold.lift", at, asked, {"reason": why})
        _record_all(author, "hold.ask_lift", at, fresh, {"reason": why})
    return Lifting(len(asked), len(fresh))


def keep(*, author: ledger.Author, subjects: Collection[UUID], at: datetime, only: int | None = None) -> None:
    """Say that a hold stays although somebody asked to lift it; ``NotFound`` where there is none."""
    with transaction.atomic(), transaction.atomic(using="vault"):
        found = _locked(subjects, only)
        for hold in found:
            hold.lift_asked_at, hold.lift_asked_by = None, ""
            hold.save()
        _record_all(author, "hold.keep", at, found, {})


def held(subjects: Collection[UUID]) -> set[UUID]:
    """Those of these records that are under a hold."""
    return {hold.subject for hold in standing(subjects)}


def standing(subjects: Collection[UUID] | None = None) -> Iterator[LegalHold]:
    """Holds that stand on these records, or all there are, the newest first of each five hundred records."""
    if subjects is None:
        yield from LegalHold.objects.filter(lifted_at=None).order_by("-placed_at", "-id").iterator()
        return
    wanted = list(subjects)
    for start in range(0, len(wanted), _CHUNK):
        chunk = LegalHold.objects.filter(subject__in=wanted[start : start + _CHUNK], lifted_at=None)
        yield from chunk.order_by("-placed_at", "-id")


def of(subject: UUID) -> list[LegalHold]:
    """Every hold that a record is or was under, the newest first."""
    return list(LegalHold.objects.filter(subject=subject).order_by("-placed_at"))


def get(number: int) -> LegalHold:
    """One hold that stands; ``NotFound`` where there is none under this number."""
    found = LegalHold.objects.filter(id=number, lifted_at=None).first()
    if found is None:
        raise NotFound("hold.none")
    return found


def _locked(subjects: Collection[UUID], only: int | None) -> list[LegalHold]:
    chosen = LegalHold.objects.select_for_update().filter(subject__in=subjects, lifted_at=None)
    found = list(chosen if only is None else chosen.filter(id=only))
    if not found:
        raise NotFound("hold.none")
    return found


def _record_all(
    author: ledger.Author, act: str, at: datetime, found: Sequence[LegalHold], detail: dict[str, object]
) -> None:
    if found:
        _record(author, act, at, sorted({hold.subject for hold in found}), detail)


def _record(author: ledger.Author, act: str, at: datetime, subjects: Sequence[UUID], detail: dict[str, object]) -> None:
    ledger.record(
        author=author, act=act, at=at, purpose="data_protection", basis="law", subjects=subjects, detail=detail
    )

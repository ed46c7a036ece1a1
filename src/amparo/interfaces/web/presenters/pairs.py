"""Pairs as the pages of the reviewers show them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.casework.queries.judging import Masked, OpenedPair, OpenedSide
from amparo.interfaces.web.forms.judge import REASONS
from amparo.interfaces.web.presenters import compared, evidence, marks
from amparo.interfaces.web.viewmodels.common import InstitutionMark
from amparo.interfaces.web.viewmodels.pairs import Answer, DecidedLine, PairLine, PairPage, Side, Undo
from amparo.registries.queries.pairs import Decision, ScoredPair

_LIKELIHOODS = (
    (0.97, gettext_lazy("casi seguro la misma")),
    (0.8, gettext_lazy("probablemente la misma")),
    (0.4, gettext_lazy("dudoso")),
    (0.0, gettext_lazy("probablemente distintas")),
)
_ANSWERS: dict[str, str | Promise] = {
    "same": gettext_lazy("es la misma persona"),
    "not_same": gettext_lazy("son personas distintas"),
    "unsure": gettext_lazy("no se sabe"),
}


def answer(code: str) -> str:
    """An answer in words."""
    return str(_ANSWERS.get(code, code))


def line(pair: ScoredPair, seen: Masked, now: datetime, language: str) -> PairLine:
    """A pair that waits."""
    return PairLine(
        id=pair.id,
        left=_institution(seen, pair.left, language),
        right=_institution(seen, pair.right, language),
        initials=_initials(seen, pair.left, pair.right),
        percent=percent(pair.probability),
        likelihood=_likelihood(pair.probability),
        waiting_days=max(0, (now - pair.scored_at).days),
        warnings=evidence.short_warnings(pair.contradictions),
    )


def percent(probability: float) -> int:
    """A probability in whole percent; nothing is ever wholly sure or impossible."""
    return min(99, max(1, round(100 * probability)))


def _likelihood(probability: float) -> str:
    return next(str(words) for least, words in _LIKELIHOODS if probability >= least)


def page(opened: OpenedPair, form: BaseForm, undo: Undo | None, waiting: int, language: str) -> PairPage:
    """Two records side by side with the evidence."""
    pair = opened.pair
    return PairPage(
        id=pair.id,
        left=_side(opened.left, language),
        right=_side(opened.right, language),
        rows=compared.rows(opened.left.fields, opened.right.fields, language),
        evidence=evidence.bars(pair.evidence),
        total=pair.score,
        percent=percent(pair.probability),
        form=form,
        warnings=evidence.warnings(pair.contradictions),
        remaining=waiting,
        undo=undo,
    )


def standing(opened: OpenedPair, names: Mapping[str, str]) -> Undo | None:
    """The answer that this pair has already, which must be undone before another is given."""
    if not opened.answers:
        return None
    latest = opened.answers[0]
    words = _("Este par ya tiene respuesta: %(answer)s (%(who)s). Para cambiarla, deshágala primero.")
    return Undo(latest.id, words % {"answer": answer(latest.answer), "who": names.get(latest.by, latest.by)})


def decided(
    decision: Decision,
    seen: Masked,
    addresses: Mapping[tuple[UUID, UUID], UUID],
    names: Mapping[str, str],
    language: str,
) -> DecidedLine:
    """An answer that was given."""
    return DecidedLine(
        id=decision.id,
        pair_id=addresses.get((decision.left, decision.right)),
        left=_institution(seen, decision.left, language),
        right=_institution(seen, decision.right, language),
        initials=_initials(seen, decision.left, decision.right),
        answer=Answer(decision.answer),
        reason=str(REASONS.get(decision.reason, "")),
        by=names.get(decision.by, decision.by),
        at=decision.at,
        undone=decision.undone,
        may_undo=not decision.undone,
    )


def _side(opened: OpenedSide, language: str) -> Side:
    record = opened.record
    return Side(
        record_id=record.id,
        institution=marks.institution(record.institution, language),
        kind=marks.unit(record.unit, language),
        office=marks.office(record.office),
        registered_on=record.registered_on,
        others=opened.others,
    )


def _institution(seen: Masked, record: UUID, language: str) -> InstitutionMark:
    return marks.institution(seen.records[record].institution, language)


def _initials(seen: Masked, left: UUID, right: UUID) -> str:
    """Both records' initials, once where they are alike."""
    letters = [seen.initials.get(record, "") for record in (left, right)]
    return " / ".join(dict.fromkeys(filter(None, letters)))

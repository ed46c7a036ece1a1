"""Pairs as the pages of the reviewers show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.casework.queries.judging import Disputed, Masked, OpenedPair, OpenedSide
from amparo.interfaces.web.forms.judge import REASONS
from amparo.interfaces.web.presenters import compared, evidence, marks
from amparo.interfaces.web.viewmodels.common import InstitutionMark
from amparo.interfaces.web.viewmodels.pairs import Answer, DecidedLine, OpinionCard, PairLine, PairPage, Side, Undo
from amparo.registries.queries.pairs import Decision, ScoredPair
from amparo.registries.rules.judging import Outcome, State
from amparo.registries.rules.questions import Question, Turn

_LIKELIHOODS = (
    (0.97, gettext_lazy("casi seguro la misma")),
    (0.8, gettext_lazy("probablemente la misma")),
    (0.4, gettext_lazy("dudoso")),
    (0.0, gettext_lazy("probablemente distintas")),
)
_DOUBTS = {
    Turn.DOUBTED: gettext_lazy("otra persona no supo"),
    Turn.OWN_DOUBT: gettext_lazy("usted no supo"),
}
_CLOSED = {
    State.DECIDED: gettext_lazy("Este par ya tiene respuesta. Para cambiarla, deshágala primero."),
    State.PENDING: gettext_lazy("Su respuesta está anotada y espera la de otra persona."),
    State.DISPUTED: gettext_lazy("Dos personas no coinciden sobre este par. Lo decide quien responde por la revisión."),
}
_NOT_BY_HERSELF = gettext_lazy("Una de las dos opiniones es suya: lo decide otra persona.")
_ANSWERS: dict[str, str | Promise] = {
    "same": gettext_lazy("es la misma persona"),
    "not_same": gettext_lazy("son personas distintas"),
    "unsure": gettext_lazy("no se sabe"),
}


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a reviewer is: the questions that remain for her, and her answers of today."""

    remaining: int
    decided_today: int


def answer(code: str) -> str:
    """An answer in words."""
    return str(_ANSWERS.get(code, code))


def line(pair: ScoredPair, seen: Masked, now: datetime, language: str, question: Question | None = None) -> PairLine:
    """A pair that waits, as a question where it is one."""
    return PairLine(
        id=pair.id,
        left=_institution(seen, pair.left, language),
        right=_institution(seen, pair.right, language),
        initials=_initials(seen, pair.left, pair.right),
        percent=percent(pair.probability),
        likelihood=likelihood(pair.probability),
        waiting_days=max(0, (now - pair.scored_at).days),
        warnings=evidence.short_warnings(pair.contradictions),
        settles=question.settles if question else 1,
        in_doubt=str(_DOUBTS.get(question.turn, "")) if question else "",
    )


def percent(probability: float) -> int:
    """A probability in whole percent; nothing is ever wholly sure or impossible."""
    return min(99, max(1, round(100 * probability)))


def likelihood(probability: float) -> str:
    """A probability in words."""
    return next(str(words) for least, words in _LIKELIHOODS if probability >= least)


def page(opened: OpenedPair, form: BaseForm | None, undo: Undo | None, pace: Pace, language: str) -> PairPage:
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
        form=form if opened.state is None else None,
        warnings=(*_reserved(opened), *evidence.warnings(pair.contradictions)),
        two_people=evidence.risks(opened.risks),
        closed=str(_CLOSED.get(opened.state, "")) if opened.state else "",
        remaining=pace.remaining,
        decided_today=pace.decided_today,
        undo=undo,
    )


def _reserved(opened: OpenedPair) -> tuple[str, ...]:
    if not opened.reserved:
        return ()
    return (_("Hay clave de reserva: los nombres no se muestran. Decida por los indicios, o responda que no lo sabe."),)


def disputed(found: Disputed, form: BaseForm, names: Mapping[str, str], language: str) -> PairPage:
    """The same for whoever ends a disagreement, with what either reviewer said."""
    cards = tuple(
        OpinionCard(
            by=names.get(each.decision.by, each.decision.by),
            at=each.decision.at,
            answer=answer(each.decision.answer),
            reason=str(REASONS.get(each.decision.reason, "")),
            note=each.note,
        )
        for each in found.opinions
    )
    made = page(found.opened, None, None, Pace(0, 0), language)
    closed = "" if found.may_resolve else str(_NOT_BY_HERSELF)
    return replace(made, form=form if found.may_resolve else None, opinions=cards, closed=closed)


def standing(opened: OpenedPair, names: Mapping[str, str]) -> Undo | None:
    """The answer that this pair has already, which must be undone before another is given."""
    if not opened.answers:
        return None
    latest = opened.answers[0]
    words = _("%(who)s: %(answer)s.")
    return Undo(latest.id, words % {"answer": answer(latest.answer), "who": names.get(latest.by, latest.by)})


def told(outcome: Outcome, said: str) -> str:
    """What came of an answer, to whoever gave it."""
    words = _("Anotado: %(answer)s.") % {"answer": answer(said)}
    if outcome.state is State.PENDING:
        return words + " " + _("Se unirán cuando otra persona diga lo mismo.")
    if outcome.state is State.DISPUTED:
        return words + " " + _("Otra persona opinó distinto: lo verá quien responde por la revisión.")
    return words


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
        has_note=decision.has_note,
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

"""Why records are one person, in words: who says so, when, and by what."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access.actors import Actor
from amparo.casework.queries.grounds import Grounds, Tie
from amparo.interfaces.web.forms.judge import REASONS
from amparo.interfaces.web.presenters import evidence, marks, pairs
from amparo.interfaces.web.viewmodels.grounds import GroundsPage, PastLine, RecordGrounds, TieLine
from amparo.interfaces.web.viewmodels.thread import RecordLink
from amparo.registries.queries.pairs import Decision
from amparo.registries.queries.records import RecordFacts
from amparo.registries.rules.judging import OPENED_FROM_THREAD


def page(found: Grounds, actor: Actor, initials: str, language: str) -> GroundsPage:
    """The whole page."""
    links = {record.id: link(record, language) for record in found.records}
    return GroundsPage(
        person=marks.person(found.person, initials),
        records=tuple(_record(record, found.of(record), links, actor) for record in links),
        past=tuple(_past(each, links, actor) for each in found.past),
    )


def link(record: RecordFacts, language: str, *, may_open: bool = False) -> RecordLink:
    """A record by its institution and kind."""
    return RecordLink(
        record.id,
        marks.institution(record.institution, language),
        marks.unit(record.unit, language),
        record.registered_on,
        record.version,
        may_open,
    )


def _record(record: UUID, ties: tuple[Tie, ...], links: dict[UUID, RecordLink], actor: Actor) -> RecordGrounds:
    lines = [_tie(tie, links[tie.beside(record)], actor) for tie in ties]
    return RecordGrounds(links[record], lines[0] if lines else None, tuple(lines[1:]))


def _tie(tie: Tie, other: RecordLink, actor: Actor) -> TieLine:
    if tie.pair is None:
        latest = tie.answers[0]
        why = str(REASONS.get(latest.reason, ""))
        return TieLine(other, _said(tie.answers, actor), latest.at, tie.pair_id, why=why)
    bars = evidence.bars(tie.pair.evidence)
    words = _("La máquina los unió sola: %(likelihood)s (%(percent)s de 100).") % {
        "likelihood": pairs.likelihood(tie.pair.probability),
        "percent": pairs.percent(tie.pair.probability),
    }
    return TieLine(
        other,
        words,
        tie.pair.scored_at,
        tie.pair_id,
        speaks_for=tuple(bar.sentence for bar in bars if bar.sentence and bar.weight > 0),
        speaks_against=tuple(bar.sentence for bar in bars if bar.sentence and bar.weight < 0),
    )


def _said(answers: tuple[Decision, ...], actor: Actor) -> str:
    """Who said that it is one person; a reviewer's name is for the reviewers' pages and the ledger."""
    if answers[0].reason == OPENED_FROM_THREAD:
        return _("Se abrió desde este hilo, para escribir sobre la misma persona.")
    if len(answers) > 1:
        return _("Dos personas que revisan pares dijeron que es la misma.")
    if answers[0].by == actor.name:
        return _("Usted dijo que es la misma.")
    return _("Una persona que revisa pares dijo que es la misma.")


def _past(answer: Decision, links: dict[UUID, RecordLink], actor: Actor) -> PastLine:
    who = _("Usted") if answer.by == actor.name else _("Una persona que revisa pares")
    words = _("%(who)s: %(answer)s.") % {"who": who, "answer": pairs.answer(answer.answer)}
    return PastLine(answer.id, links[answer.left], links[answer.right], words, answer.at, answer.undone)

"""Persons who may be the one that somebody is about to open a record on, as the page shows them: masked."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.casework.queries.known import Answer, Likely
from amparo.interfaces.web.presenters import evidence, hits, marks
from amparo.interfaces.web.viewmodels.search import KnownAnswer, SearchHit

_SURENESS: dict[int, str | Promise] = {
    3: _("Casi seguro es la misma persona"),
    2: _("Probablemente es la misma persona"),
    1: _("Podría ser la misma persona"),
}
PARTS: dict[str, str | Promise] = {
    "given": _("nombres"),
    "surnames": _("apellidos"),
    "birth": _("nacimiento"),
    "document": _("documento"),
    "sex": _("sexo"),
    "nationality": _("nacionalidad"),
    "origin": _("lugar de origen"),
    "event": _("fecha o lugar del hecho"),
    "reference": _("número de expediente"),
    "alias": _("apodo"),
    "native": _("nombre originario"),
}


def hit(found: Likely, language: str, *, may_break_glass: bool) -> SearchHit:
    """One person, with a link where the reader may follow it and whom to call where not."""
    return SearchHit(
        person=marks.person(found.person, found.initials),
        institutions=marks.institutions(hits.institutions_shown(found.person, found.holder, found.in_reach), language),
        strength=found.sureness,
        strength_label=str(_SURENESS[found.sureness]),
        agrees=_parts(found.agreement.agrees),
        nearly=_parts(found.agreement.nearly),
        differs=_parts(found.agreement.differs),
        warnings=evidence.short_warnings(found.contradictions),
        last_event_on=found.person.last_on,
        may_open=found.in_reach,
        contact=None if found.in_reach else hits.contact(found.holder, language),
        may_break_glass=may_break_glass and not found.in_reach,
    )


def known(answer: Answer, language: str) -> KnownAnswer:
    """Yes or no, and the offices to call, each once."""
    return hits.yes_or_no([each.holder for each in answer.found], language)


def _parts(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(PARTS[code]) for code in codes)

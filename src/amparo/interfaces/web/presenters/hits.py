"""What came of a search, as the page shows it: masked, with whom to call."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.casework.queries.search import Answer, Found, Holder
from amparo.casework.queries.shapes import Person
from amparo.interfaces.web.presenters import marks
from amparo.interfaces.web.viewmodels.search import Contact, KnownAnswer, SearchHit

_CONTACTS = 3
_STRENGTHS: dict[int, str | Promise] = {
    3: _("Coincide casi todo"),
    2: _("Coincide en parte"),
    1: _("Coincide poco"),
}
_PARTS: dict[str, str | Promise] = {
    "names": _("nombres, apellidos o apodo"),
    "document": _("documento"),
    "reference": _("número de expediente"),
    "birth": _("nacimiento"),
    "sex": _("sexo"),
}


def hit(found: Found, language: str, *, may_break_glass: bool = False) -> SearchHit:
    """One person who may be the one, with a link where the reader may follow it."""
    return SearchHit(
        person=marks.person(found.person, found.initials),
        institutions=marks.institutions(institutions_shown(found.person, found.holder, found.in_reach), language),
        strength=found.strength,
        strength_label=str(_STRENGTHS[found.strength]),
        agrees=_parts(found.agrees),
        differs=_parts(found.differs),
        last_event_on=found.person.last_on,
        may_open=found.in_reach,
        contact=None if found.in_reach else contact(found.holder, language),
        may_break_glass=may_break_glass and not found.in_reach,
    )


def institutions_shown(person: Person, holder: Holder, in_reach: bool) -> list[str]:
    """Whose records there are; to others than who works with her the one to call alone, as some run only shelters."""
    return list(person.institutions) if in_reach else [holder.institution]


def known(answer: Answer, language: str) -> KnownAnswer:
    """Yes or no, and the offices to call, each once."""
    return yes_or_no([each.holder for each in answer.found], language)


def yes_or_no(holders: Iterable[Holder], language: str) -> KnownAnswer:
    """Whether anybody holds a record, and the first of the offices to call, each once."""
    each_once = list(dict.fromkeys(holders))
    return KnownAnswer(bool(each_once), tuple(contact(holder, language) for holder in each_once[:_CONTACTS]))


def contact(holder: Holder, language: str) -> Contact:
    """The office that holds the newest record, or its kind where the office is not known."""
    office = marks.office(holder.office) or marks.unit(holder.unit, language)
    return Contact(marks.institution(holder.institution, language), office)


def _parts(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(_PARTS[code]) for code in codes if code in _PARTS)

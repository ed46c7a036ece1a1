"""How persons, institutions, offices and places are written on a page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.casework.queries.shapes import Person
from amparo.interfaces.web.viewmodels.common import InstitutionMark, PersonMark, Risk
from amparo.pack.current import pack

_RISK_LEVELS = {"SEVERO": "high", "MODERADO": "medium", "LEVE": "low"}


def person(found: Person, initials: str) -> PersonMark:
    """A person masked: code, initials and age band."""
    return PersonMark(
        id=found.id,
        code=found.code,
        initials=initials,
        band=band(found.age_low, found.age_high),
        is_child=bool(found.minor),
        reserved=found.reserved,
    )


def band(low: int | None, high: int | None) -> str:
    """An age in words wide enough to name nobody."""
    if low is None or high is None:
        return _("edad no conocida")
    words = _stage_of_life(low, high)
    if low == high:
        return _("%(words)s, %(years)s") % {
            "words": words,
            "years": ngettext("%(n)s año", "%(n)s años", low) % {"n": low},
        }
    return _("%(words)s, entre %(low)s y %(high)s años") % {"words": words, "low": low, "high": high}


def _stage_of_life(low: int, high: int) -> str:
    if high < 12:
        return _("niña o niño")
    if high < 18:
        return _("adolescente")
    return _("adulta o adulto") if low >= 18 else _("posible adolescente")


def institution(code: str, language: str) -> InstitutionMark:
    """An institution's sign and whole name."""
    found = pack().institutions.get(code)
    return InstitutionMark(code, found.acronym, found.label(language)) if found else InstitutionMark(code, code, code)


def institutions(codes: list[str], language: str) -> tuple[InstitutionMark, ...]:
    """Several institutions, in the order of the pack."""
    order = list(pack().institutions)
    ordered = sorted(set(codes), key=lambda code: order.index(code) if code in order else len(order))
    return tuple(institution(code, language) for code in ordered)


def unit(code: str, language: str) -> str:
    """The name of a kind of office."""
    found = pack().units.get(code)
    return found.label(language) if found else code


def office(code: str) -> str:
    """The name of an office; empty where none is known."""
    found = pack().offices.get(code)
    return found.name if found else ""


def place(code: str) -> str:
    """A district, or a place within one, as one reads it out; empty where none is known."""
    return pack().places.label(code) if code else ""


def risk(level: str, language: str) -> Risk | None:
    """A level of risk in words; ``None`` where nobody has assessed it."""
    if level not in _RISK_LEVELS:
        return None
    return Risk(_RISK_LEVELS[level], pack().label("riesgo", level, language))

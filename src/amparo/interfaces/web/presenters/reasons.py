"""Why a step of the route stands as it does, as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from amparo.interfaces.web.presenters import words
from amparo.pack.current import pack

_SENTENCES = {
    "waits_for": gettext_lazy("espera que ocurra: %(events)s"),
    "waits_for_birth": gettext_lazy("corresponde al cumplir %(years)s años"),
    "term_runs": gettext_lazy("%(event)s el %(on)s; plazo: %(term)s"),
    "no_term": gettext_lazy("%(event)s el %(on)s; la norma leída no fija plazo"),
    "comes_again": gettext_lazy("se repite cada %(term)s; la última vez, %(on)s"),
    "done": gettext_lazy("hecho: %(event)s, %(on)s"),
    "done_late": gettext_lazy("hecho con atraso: %(event)s, %(on)s"),
    "declined": gettext_lazy("la persona no lo aceptó el %(on)s"),
    "stopped_by": gettext_lazy("terminó con: %(event)s, %(on)s"),
    "closed": gettext_lazy("el caso se cerró el %(on)s"),
    "turned_adult": gettext_lazy("cumplió la mayoría de edad el %(on)s"),
    "new_rescue": gettext_lazy("fue rescatada de nuevo el %(on)s"),
    "not_yet_in_force": gettext_lazy("la regla rige desde el %(from)s"),
    "condition": gettext_lazy("no corresponde a este caso"),
    "unknown_fact": gettext_lazy("falta saber un dato: %(fact)s"),
}


def sentence(reason: Mapping[str, object], language: str) -> str:
    """The sentence for a reason as obligations hold it: ``{"code": …, "params": {…}}``."""
    params = dict(reason.get("params") or {})  # type: ignore[call-overload]
    template = _SENTENCES.get(str(reason.get("code", "")))
    if template is None:
        return ""
    filled = {name: _value(name, str(value), language) for name, value in params.items()}
    filled |= {"term": term(str(params.get("basis", "")), str(params.get("amount", "0")))}
    for missing in ("event", "on", "events", "years", "from", "fact"):
        filled.setdefault(missing, "—")
    return str(template) % filled


def term(basis: str, amount: str) -> str:
    """A term in words; empty where there is none."""
    return _term(basis, amount, get_language())


@lru_cache(maxsize=512)
def _term(basis: str, amount: str, _language: str | None) -> str:
    number = int(amount) if amount.isdigit() else 0
    words = {
        "at_once": _("de inmediato"),
        "hours": ngettext("%(n)s hora", "%(n)s horas", number),
        "working_days": ngettext("%(n)s día hábil", "%(n)s días hábiles", number),
        "calendar_days": ngettext("%(n)s día", "%(n)s días", number),
    }
    return words.get(basis, "") % {"n": number} if "%" in words.get(basis, "") else words.get(basis, "")


def _value(name: str, value: str, language: str) -> str:
    if name in ("on", "from", "ended_on"):
        return words.day(date.fromisoformat(value)) if value else "—"
    if name == "event":
        return event(value, language)
    if name == "events":
        return ", ".join(event(each, language) for each in value.split()) or "—"
    return value


def event(code: str, language: str) -> str:
    """What an event of a type is called; the birthday of majority is not an event of the pack."""
    if code == "birthday":
        return _("cumple la mayoría de edad")
    found = pack().events.get(code)
    return found.label(language) if found else code

"""What is erased and what is kept, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.access.actors import Actor
from amparo.casework.queries.keeping import Asked, Found, Held
from amparo.interfaces.web.presenters import marks
from amparo.interfaces.web.viewmodels.common import Choice, Fact, Tone
from amparo.interfaces.web.viewmodels.keeping import ErasureLine, ErasurePage, HoldLine
from amparo.pack.current import pack

REASONS: dict[str, str | Promise] = {
    "criminal_proceedings": gettext_lazy("Hay una investigación o un proceso penal"),
    "court_order": gettext_lazy("Lo ordena un juzgado o una fiscalía"),
    "reparation": gettext_lazy("Hace falta para su reparación"),
    "request_pending": gettext_lazy("Hay una solicitud de ella sin responder"),
    "other": gettext_lazy("Otro deber de ley"),
}
LIFTED_FOR: dict[str, str | Promise] = {
    "ended": gettext_lazy("Terminó la razón para conservar"),
    "mistake": gettext_lazy("Se ordenó por error"),
    "court_order": gettext_lazy("Lo ordena un juzgado o una fiscalía"),
}


def lift_reasons() -> tuple[Choice, ...]:
    """What a lifting can be for."""
    return tuple(Choice(str(label), code) for code, label in LIFTED_FOR.items())


def hold(found: Held, actor: Actor, names: Mapping[str, str]) -> HoldLine:
    """One hold that stands."""
    return HoldLine(
        number=found.number,
        code=found.code,
        reason=str(REASONS.get(found.reason, found.reason)),
        article=found.article,
        by=names.get(found.by, found.by),
        at=found.at,
        asked_by=names.get(found.lift_asked_by, found.lift_asked_by),
        may_lift=actor.can("legal_hold") and found.lift_asked_by != actor.name,
        may_keep=actor.can("legal_hold") and bool(found.lift_asked_by),
    )


def erasure(found: Asked, language: str) -> ErasureLine:
    """One request as a list shows it."""
    state, tone = _state(found)
    return ErasureLine(
        id=found.id,
        codes=", ".join(found.codes),
        reason=pack().label("motivo_borrado", found.reason, language),
        asked_at=found.asked_at,
        state=state,
        tone=tone,
        done=found.done_at is not None,
    )


def page(found: Asked, actor: Actor, names: Mapping[str, str], language: str) -> ErasurePage:
    """One request with what has to be known before it is ordered."""
    request = pack().rights.requests.get(found.request)
    facts = [
        Fact(_("Registros"), ", ".join(found.codes)),
        Fact(_("Por qué"), pack().label("motivo_borrado", found.reason, language)),
        Fact(_("Norma"), found.basis),
        Fact(_("Solicitud de ella"), request.label(language) if request else _("ninguna")),
        Fact(_("Lo pidió"), names.get(found.asked_by, found.asked_by)),
    ]
    if found.decided_by:
        facts.append(Fact(_("Respondió"), names.get(found.decided_by, found.decided_by)))
    return ErasurePage(
        line=erasure(found, language),
        facts=tuple(facts),
        holds=tuple(hold(each, actor, names) for each in found.holds),
        kept=found.kept,
        waits=not found.verdict,
        is_own=found.asked_by == actor.name,
    )


def people_named(asked: Iterable[Asked], held: Iterable[Held]) -> set[str]:
    """Everybody whom these name, to look up how they are called."""
    of_holds = {name for each in held for name in (each.by, each.lift_asked_by)}
    return of_holds | {name for each in asked for name in (each.asked_by, each.decided_by)}


def records(found: Found, language: str) -> tuple[Choice, ...]:
    """Her records that can still be erased or kept, as one ticks them."""
    return tuple(
        Choice(
            " · ".join(filter(None, (each.code, _where(each.institution, each.unit, each.office, language)))),
            str(each.id),
        )
        for each in found.records
        if each.id not in found.erased
    )


def requests(found: Found, language: str) -> tuple[Choice, ...]:
    """Her requests, with the day on which each came."""
    terms = pack().rights.requests
    return tuple(
        Choice(f"{terms[kind].label(language)} · {date_format(day, 'DATE_FORMAT')}", str(request))
        for request, kind, day in found.requests
        if kind in terms
    )


def _where(institution: str, unit: str, office: str, language: str) -> str:
    return marks.office(office) or f"{institution.upper()} · {marks.unit(unit, language)}"


def _state(found: Asked) -> tuple[str, Tone]:
    if found.done_at:
        return _("borrado"), Tone.DONE
    if found.verdict == "refused":
        return _("no se borra"), Tone.PLAIN
    if found.kept:
        return _("detenido: hay orden de conservar"), Tone.LATE
    return (_("ordenado, por hacerse"), Tone.DUE) if found.verdict else (_("espera a otra persona"), Tone.DUE)

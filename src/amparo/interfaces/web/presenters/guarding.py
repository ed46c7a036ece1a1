"""Emergencies, alerts and exclusions in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.access.actors import Actor
from amparo.access.alerts import Raised
from amparo.access.exclusions import Standing, Whom
from amparo.casework.queries.alerted import Alerted
from amparo.casework.queries.emergencies import Line
from amparo.casework.queries.shapes import Person
from amparo.interfaces.web.presenters import marks
from amparo.interfaces.web.viewmodels.common import PersonMark, Tone
from amparo.interfaces.web.viewmodels.guarding import AlertLine, EmergencyLine, KeptAwayLine
from amparo.pack.current import pack

_KINDS: dict[str, str | Promise] = {
    "break_glass": gettext_lazy("Alguien abrió un hilo en una emergencia"),
    "emergency_overdue": gettext_lazy("Nadie revisó una emergencia a tiempo: el derecho quedó suspendido"),
    "many_emergencies": gettext_lazy("Alguien abrió hilos en emergencia más de tres veces en treinta días"),
    "excluded_attempt": gettext_lazy("Alguien apartado de un caso llegó hasta él; no se le mostró nada"),
    "exclusion_lifting": gettext_lazy("Se pidió o se hizo que alguien deje de estar apartado de un caso"),
    "place_asked": gettext_lazy("Alguien pidió leer un lugar reservado"),
    "place_read": gettext_lazy("Alguien leyó un lugar reservado"),
    "bait": gettext_lazy("Alguien abrió un registro que nadie tiene motivo de abrir"),
    "access_expired": gettext_lazy("Nadie confirmó un acceso en un trimestre: quedó suspendido"),
    "recall": gettext_lazy("Una persona retiró su permiso: responda en «Datos por devolver»"),
    "erasure_asked": gettext_lazy("Se pidió borrar la identidad de un registro"),
    "erasure_done": gettext_lazy("Se ordenó borrar la identidad de un registro"),
    "hold_lifting": gettext_lazy("Se pidió o se hizo que algo deje de conservarse por orden"),
    "partner_key": gettext_lazy("Se registró o se retiró la llave con que pregunta la máquina de una institución"),
    "trawling": gettext_lazy("Desde un acceso se preguntó por demasiadas personas: quedó detenido por un rato"),
    "access_end_asked": gettext_lazy("Se pidió que termine el acceso de quien vigila a otros: falta otra persona"),
    "access_change_asked": gettext_lazy("Se pidió que alguien pueda hacer más: falta otra persona"),
    "access_change_refused": gettext_lazy("No se dio lo que se pidió para el acceso de alguien"),
    "user_changed": gettext_lazy("Se cambió lo que alguien puede hacer"),
    "unusual_many": gettext_lazy("Desde un acceso se leyó en un día a muchas más personas que lo usual"),
    "unusual_names": gettext_lazy("Desde un acceso se vieron en un día muchos más nombres que lo usual"),
    "unusual_week": gettext_lazy("Desde un acceso se vieron en siete días muchos más nombres que lo usual"),
    "unusual_hour": gettext_lazy("Desde un acceso se leyó a varias personas a una hora que no es la suya"),
    "unusual_row": gettext_lazy("Desde un acceso se abrió a muchas personas una tras otra, en pocos minutos"),
    "unusual_follows": gettext_lazy("Desde un acceso se miró muchos días a una misma persona"),
    "unusual_crowd": gettext_lazy("Desde muchos accesos se miró en un día a una misma persona"),
    "under_threat": gettext_lazy("Alguien entró con su contraseña para cuando le obligan: puede estar en peligro"),
    "enough_today": gettext_lazy("Un acceso llegó al tope de personas por día"),
    "ledger_silent": gettext_lazy("La bitácora no sale de esta máquina: en unas horas no se abrirá ningún nombre"),
    "user_created": gettext_lazy("Se dio un acceso nuevo"),
}


def parts(of_hers: Collection[str], language: str) -> str:
    """The parts of a person that an emergency opens, as the pack calls them."""
    named = pack().codes["consentimiento_parte"].values()
    return ", ".join(code.label(language) for code in named if code.code in of_hers)


def emergency(line: Line, names: Mapping[str, str], today: date, language: str) -> EmergencyLine:
    """One emergency as its reviewers see it in their list."""
    found = line.emergency
    state, tone = _state(found.verdict, late=today > found.review_by)
    return EmergencyLine(
        id=found.id,
        at=found.at,
        who=names.get(found.username, found.username),
        reason=pack().label("motivo_emergencia", found.reason, language),
        review_by=found.review_by,
        state=state,
        tone=tone,
        may_review=line.mine,
        people=_marks(line.people),
    )


def _state(verdict: str, *, late: bool) -> tuple[str, Tone]:
    if verdict == "justified":
        return _("justificada"), Tone.DONE
    if verdict == "unjustified":
        return _("no justificada: suspendida"), Tone.LATE
    return (_("sin revisar a tiempo: suspendida"), Tone.LATE) if late else (_("por revisar"), Tone.DUE)


def alert(told: Alerted, actor: Actor, names: Mapping[str, str]) -> AlertLine:
    """One alert; it names nobody but, to the officer, who gave rise to it."""
    found = told.alert
    reviews = found.kind in ("break_glass", "emergency_overdue") and actor.can("break_glass_review")
    return AlertLine(
        id=found.id,
        at=found.at,
        text=str(_KINDS.get(found.kind, found.kind)),
        who=names.get(found.username, found.username),
        people=_marks(told.people),
        href=_where(found, actor, reviews=reviews),
        seen=found.seen_at is not None,
    )


def _where(found: Raised, actor: Actor, *, reviews: bool) -> str:
    """Where one looks further: the emergency, or what the account did."""
    if reviews and found.about:
        return reverse("emergency", args=[found.about])
    unusual = found.kind.startswith("unusual_") or found.kind == "enough_today"
    return f"{reverse('ledger')}?{urlencode({'quien': found.username})}" if unusual and found.username else ""


def kept_away(found: Standing, actor: Actor, names: Mapping[str, str], language: str) -> KeptAwayLine:
    """One exclusion that stands."""
    return KeptAwayLine(
        id=found.id,
        whom=_whom(found.whom, names, language),
        reason=pack().label("motivo_apartar", found.reason, language),
        by=names.get(found.by, found.by),
        at=found.at,
        asked_by=names.get(found.lift_asked_by, found.lift_asked_by),
        may_lift=found.lift_asked_by != actor.name,
    )


def _whom(whom: Whom, names: Mapping[str, str], language: str) -> str:
    if whom.username:
        return names.get(whom.username, whom.username)
    return marks.office(whom.office) or f"{whom.institution.upper()} · {marks.unit(whom.unit, language)}"


def _marks(people: Iterable[Person]) -> tuple[PersonMark, ...]:
    """By their codes alone: whoever guards needs to know nothing more of them."""
    return tuple(PersonMark(person.id, person.code, "") for person in people)

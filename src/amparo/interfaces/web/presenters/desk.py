"""The officer's desk in words."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.access.attestations import Access
from amparo.access.changes import Asked, Change
from amparo.casework.queries.desk import Desk, IncidentFacts, RequestFacts
from amparo.casework.rules.desk import Clock
from amparo.interfaces.web.presenters import consents, marks
from amparo.interfaces.web.viewmodels.common import Choice, Fact, Tone
from amparo.interfaces.web.viewmodels.desk import (
    AccessLine,
    AskedChangeLine,
    ClockLine,
    DeskPage,
    DestinationLine,
    IncidentLine,
    RequestLine,
)
from amparo.ledger.outside import State
from amparo.pack.current import pack

_WHAT = ("notified", "told")


def page(found: Desk, language: str) -> DeskPage:
    """The whole desk."""
    codes = pack().codes["respuesta_solicitud"].values()
    return DeskPage(
        incidents=tuple(incident(each, language) for each in found.incidents),
        requests=tuple(_request(each, language) for each in found.requests),
        recalls=tuple(consents.recall(each, language) for each in found.recalls),
        destinations=tuple(map(_destination, found.places)),
        answers=tuple(Choice(code.label(language), code.code) for code in codes),
        unseen_alerts=found.unseen_alerts,
        drilled=found.drilled,
        is_drill_overdue=found.is_drill_overdue,
    )


def incident(found: IncidentFacts, language: str) -> IncidentLine:
    """One incident."""
    clocks = tuple(_clock(each, what, language) for each, what in zip(found.clocks, _WHAT, strict=False))
    kind = pack().label("incidente", found.kind, language)
    return IncidentLine(found.id, kind, found.known_at, clocks, found.closed_at is not None)


def facts(found: IncidentFacts, names: Mapping[str, str]) -> tuple[Fact, ...]:
    """Whose access it concerns."""
    who = names.get(found.username, found.username) or marks.office(found.office)
    return (Fact(_("Con el acceso de"), who),)


def _clock(found: Clock, what: str, language: str) -> ClockLine:
    state, tone = _left(found)
    return ClockLine(
        found.term.label(language), found.due_at, state, tone, found.term.article, found.term.verified, what,
        found.done_at is not None,
    )  # fmt: skip


def _left(found: Clock) -> tuple[str, Tone]:
    hours = floor(abs(found.hours_left))
    if found.done_at:
        return (_("hecho tarde: dé las razones"), Tone.LATE) if found.is_late else (_("hecho"), Tone.DONE)
    if found.is_late:
        return ngettext("vencido hace %(n)s hora", "vencido hace %(n)s horas", hours) % {"n": hours}, Tone.LATE
    return ngettext("queda %(n)s hora", "quedan %(n)s horas", hours) % {"n": hours}, Tone.DUE


def _request(found: RequestFacts, language: str) -> RequestLine:
    state, tone = _waits(found, language)
    return RequestLine(
        id=found.id,
        code=found.code,
        label=found.term.label(language),
        received_on=found.received_on,
        due_on=found.due_on,
        state=state,
        tone=tone,
        article=found.term.article,
        verified=found.term.verified,
        by_another=found.by_another,
        waits=not found.answer,
    )


def _waits(found: RequestFacts, language: str) -> tuple[str, Tone]:
    if found.answer:
        answer = pack().label("respuesta_solicitud", found.answer, language)
        return answer, Tone.LATE if found.is_late else Tone.DONE
    days = abs(found.days_left)
    if found.is_late:
        words = ngettext("vencida hace %(n)s día hábil", "vencida hace %(n)s días hábiles", days)
        return words % {"n": days}, Tone.LATE
    return ngettext("queda %(n)s día hábil", "quedan %(n)s días hábiles", days) % {"n": days}, Tone.DUE


def _destination(found: State) -> DestinationLine:
    if found.attempts:
        words = ngettext("no responde: %(n)s intento", "no responde: %(n)s intentos", found.attempts)
        return DestinationLine(found.place, words % {"n": found.attempts}, Tone.LATE, found.sent_at)
    state = _("al día") if found.sent_at else _("todavía no se envía nada")
    return DestinationLine(found.place, state, Tone.DONE if found.sent_at else Tone.DUE, found.sent_at)


def access(found: Access, language: str, asked_by: str = "") -> AccessLine:
    """One user; ``asked_by`` is the name of whoever asked that her access end."""
    role = pack().roles.get(found.role)
    states = {
        "fresh": (_("vigente"), Tone.DONE),
        "soon": (_("por revisar"), Tone.DUE),
        "expired": (_("vencido: se suspenderá"), Tone.LATE),
    }
    state, tone = states[found.standing]
    return AccessLine(
        id=found.id,
        who=found.display_name,
        role=role.label(language) if role else found.role,
        office=marks.office(found.office) or found.institution.upper(),
        last_used=found.last_used,
        due=found.due,
        tone=tone,
        state=state,
        is_own=found.is_own,
        ends_on=found.ends_on,
        takes_two=found.takes_two,
        asked_by=asked_by,
        may_end=found.may_end,
    )


def asked_change(found: Asked, names: Mapping[str, str], language: str) -> AskedChangeLine:
    """What somebody shall be able to do, beside what she can do now: only what differs."""
    sides = zip(_change(found.before, language), _change(found.after, language), strict=True)
    return AskedChangeLine(
        id=found.id,
        who=found.display_name,
        institution=marks.institution(found.institution, language),
        facts=tuple(Fact(name, f"{before} → {after}") for (name, before), (_name, after) in sides if before != after),
        asked_by=names.get(found.asked_by, found.asked_by),
        asked_at=found.asked_at,
        may_give=found.may_give,
    )


def _change(change: Change, language: str) -> tuple[tuple[str, str], ...]:
    role = pack().roles.get(change.role)
    last = date_format(change.ends_on, "SHORT_DATE_FORMAT") if change.ends_on else _("sin fecha de término")
    return (
        (_("Función"), role.label(language) if role else change.role),
        (_("Dependencia"), marks.office(change.office) or "—"),
        (_("Último día de su acceso"), last),
    )

"""The thread of a person: what happened to her across institutions, and what is owed to her next."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import ceil
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from amparo.access import emergencies
from amparo.access.actors import Actor
from amparo.access.policy import policy
from amparo.access.rules.deciding import IDENTITY
from amparo.access.rules.relations import OF_ONES_OWN_OFFICE, Relation
from amparo.casework.queries import assignments, identity, own_events, persons, threads
from amparo.casework.queries.threads import Thread
from amparo.interfaces.web.forms.purpose import PurposeForm
from amparo.interfaces.web.presenters import grounds, guarding, identities, marks, moments, steps
from amparo.interfaces.web.request import actor_in, language_in
from amparo.interfaces.web.stepping_up import step_up_to_post
from amparo.interfaces.web.viewmodels.common import Fact, Notice, Status, StepLine, Tone
from amparo.interfaces.web.viewmodels.thread import IdentityBox, RecordLink, RouteView, ThreadPage
from amparo.pack.current import pack
from amparo.registries.queries import permissions
from amparo.vault.queries import kept_open

_ASIDE = ("not_applicable", "waived")


@policy("thread_read")
@step_up_to_post
@require_http_methods(["GET", "POST"])
@kept_open()
def thread(request: HttpRequest, person: UUID) -> HttpResponse:
    """The thread; by POST with a purpose, the identity with it. The reading is in the ledger either way."""
    actor, now = actor_in(request), timezone.now()
    found = threads.read(actor=actor, person_id=person, at=now)
    if found.person.id != person:
        return redirect("thread", found.person.id)
    form = PurposeForm(request.POST or None, language=language_in(request))
    may_ask = _may_ask(found, actor)
    box = IdentityBox(form if may_ask else None)
    if request.method == "POST" and may_ask and not found.person.reserved and form.is_valid():
        purpose = form.cleaned_data["purpose"]
        opened = identity.reveal(actor=actor, person_id=person, purpose=purpose, at=now)
        box = IdentityBox(form, identities.shown(opened, purpose, now, language_in(request)))
    return render(request, "web/thread.html", {"page": page_of(found, actor, box, now, language_in(request))})


@policy("thread_read")
@require_GET
@kept_open()
def thread_print(request: HttpRequest, person: UUID) -> HttpResponse:
    """The thread on paper, without a name."""
    actor, now = actor_in(request), timezone.now()
    found = threads.read(actor=actor, person_id=person, at=now, purpose="print", on_paper=True)
    page = page_of(found, actor, IdentityBox(), now, language_in(request))
    return render(request, "web/thread_print.html", {"page": page})


def page_of(found: Thread, actor: Actor, box: IdentityBox, now: datetime, language: str) -> ThreadPage:
    """All that the page of a person shows."""
    today = timezone.localdate(now)
    person = found.person
    initials = persons.initials_of([person.id]).get(person.id, "")
    until = _until(found, actor, now)
    opened = _openable(found, actor)
    correctable = own_events.correctable(actor, [seen.event for seen in found.events])
    lines = [(each, steps.line(each, today, language)) for each in found.obligations]
    return ThreadPage(
        person=marks.person(person, initials),
        institutions=marks.institutions(person.institutions, language),
        facts=_facts(found, language),
        identity=box,
        moments=moments.moments(found.events, language, correctable, opened),
        lanes=moments.lanes(found.events, today, language),
        route=_route(found, [line for _each, line in lines], language),
        owed=tuple(line for each, line in sorted(lines, key=lambda pair: pair[0].due_on or date.max) if each.is_owed),
        records=_records(found, opened, language),
        generated_at=now,
        risk=marks.risk(person.risk, language),
        notices=_notices(found, language),
        may_write=until is None and bool(permissions.writable(actor)),
        may_assign=actor.can(assignments.CAPABILITY) and found.relation in OF_ONES_OWN_OFFICE,
        emergency_until=until,
        emergency_parts=guarding.parts(found.parts, language),
        emergency_minutes=ceil((until - now) / timedelta(minutes=1)) if until else 0,
    )


def _may_ask(found: Thread, actor: Actor) -> bool:
    """Whether the form that opens her identity is there; under reserve it says why it does nothing."""
    if found.relation is Relation.BREAK_GLASS and IDENTITY not in found.parts:
        return False
    return actor.can("identity_reveal")


def _until(found: Thread, actor: Actor, now: datetime) -> datetime | None:
    """When the thread closes again for who opened it in an emergency."""
    if found.relation is not Relation.BREAK_GLASS:
        return None
    emergency = emergencies.open_to(actor, [record.id for record in found.records], now)
    return emergency.until if emergency else now


def _facts(found: Thread, language: str) -> tuple[Fact, ...]:
    person = found.person
    departments = pack().places.departments()
    nationalities = sorted({record.nationality for record in found.records if record.nationality})
    return (
        Fact(_("Sexo"), pack().label("sexo", person.sex, language) if person.sex else "—"),
        Fact(_("Nacionalidad"), ", ".join(pack().label("nacionalidad", n, language) for n in nationalities) or "—"),
        Fact(_("Departamentos"), ", ".join(departments.get(code, code) for code in person.departments) or "—"),
        Fact(_("Registros unidos"), str(person.record_count)),
    )


def _route(found: Thread, lines: list[StepLine], language: str) -> RouteView:
    """The steps of the newest cycle first in rank; what does not concern her apart."""
    codes = [each.route for each in found.obligations]
    route = next((route for route in pack().routes.routes if codes and route.code == codes[-1]), None)
    aside = tuple(line for line in lines if line.status.value in _ASIDE)
    ahead = tuple(line for line in lines if line.status is Status.UPCOMING and line.due_on is None)
    shown = tuple(line for line in lines if line not in aside and line not in ahead)
    name, version = (route.label(language), route.version) if route else ("", "")
    return RouteView(name, version, shown, ahead, aside)


def _openable(found: Thread, actor: Actor) -> frozenset[UUID]:
    """Records that the reader may open: those of her own kind of office, and those that share an event whole."""
    if not actor.can("record_read") or found.relation is Relation.BREAK_GLASS:
        return frozenset()
    own = {each.id for each in found.records if (each.institution, each.unit) == (actor.institution, actor.unit)}
    return frozenset(own | {seen.event.record for seen in found.events if seen.sight == "full"})


def _records(found: Thread, opened: frozenset[UUID], language: str) -> tuple[RecordLink, ...]:
    return tuple(grounds.link(record, language, may_open=record.id in opened) for record in found.records)


def _notices(found: Thread, language: str) -> tuple[Notice, ...]:
    told = []
    if found.agreed is not None and "case" not in found.agreed:
        words = _("Lo que escribieron otras instituciones se muestra solo con el permiso vigente de la persona.")
        told.append(Notice(Tone.DUE, words))
    for code, count in found.withheld.items():
        words = ngettext(
            "%(sign)s guarda %(n)s hito que su rol no puede ver.",
            "%(sign)s guarda %(n)s hitos que su rol no puede ver.",
            count,
        )
        told.append(Notice(Tone.PLAIN, words % {"sign": marks.institution(code, language).sign, "n": count}))
    return tuple(told)

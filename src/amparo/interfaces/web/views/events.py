"""Writing what happened to a person, and correcting what one's own office wrote."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amparo.access.actors import Actor
from amparo.access.policy import policy
from amparo.casework.actions import noting
from amparo.casework.queries import own_events, persons
from amparo.casework.queries.own_events import OwnEvent
from amparo.casework.queries.shapes import Person
from amparo.interfaces import sentences
from amparo.interfaces.web.forms.event import EventForm, initial_of
from amparo.interfaces.web.presenters import marks, steps
from amparo.interfaces.web.request import actor_in, language_in
from amparo.interfaces.web.viewmodels.common import Choice, PersonMark, StepLine
from amparo.interfaces.web.viewmodels.thread import EventFormPage
from amparo.kernel.errors import Conflict, Invalid, NotFound
from amparo.pack.current import pack
from amparo.pack.definitions import EventType
from amparo.registries.queries import permissions


@policy("event_write")
@require_http_methods(["GET", "POST"])
def event_new(request: HttpRequest, person: UUID) -> HttpResponse:
    """First which type of event, of those that the office writes; then its fields."""
    actor, language = actor_in(request), language_in(request)
    found = own_events.begin(actor=actor, person_id=person, at=timezone.now())
    types = permissions.writable(actor)
    definition = next((each for each in types if each.code == request.GET.get("tipo")), None)
    if definition is None:
        choices = tuple(Choice(each.label(language), f"?tipo={each.code}") for each in types)
        return _shown(request, EventFormPage(_mark(found), types=choices))
    today = timezone.localdate()
    form = EventForm(request.POST or None, definition=definition, actor=actor, today=today, language=language)
    if request.method == "POST" and form.is_valid():
        try:
            noting.note(actor=actor, person_id=person, told=form.told(), at=timezone.now())
            return _written(request, actor, found, _("El hito quedó guardado."))
        except Invalid as error:
            form.add_error(None, sentences.of_error(error, language))
    meets = _meets(found.id, definition, actor, today, language)
    return _shown(request, EventFormPage(_mark(found), (), definition.label(language), form, meets), form)


@policy("event_write")
@require_http_methods(["GET", "POST"])
def event_correct(request: HttpRequest, event: UUID) -> HttpResponse:
    """Correct an event of one's own office by a newer one, or take it back; the older one stays to be read."""
    actor, now, language = actor_in(request), timezone.now(), language_in(request)
    own = own_events.get(actor, event)
    definition = pack().events.get(own.event.type)
    if definition is None:
        raise NotFound("event.unknown_type")
    if not own.is_standing:
        raise Conflict("event.corrected_meanwhile")
    narrative, texts = own_events.texts(actor=actor, own=own, at=now)
    kept = {code: str(value) for code, value in own.event.data.items()} | texts
    initial = initial_of(own.event.on, own.event.place, kept, narrative, definition)
    form = EventForm(
        request.POST or None,
        definition=definition, actor=actor, today=timezone.localdate(now), language=language, correcting=True,
        initial=initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            return _correct(request, actor, own, form, kept)
        except Invalid as error:
            form.add_error(None, sentences.of_error(error, language))
    label = _("Corregir: %(event)s") % {"event": definition.label(language)}
    return _shown(request, EventFormPage(_mark(own.person), (), label, form, correcting=True), form)


def _correct(request: HttpRequest, actor: Actor, own: OwnEvent, form: EventForm, kept: dict[str, str]) -> HttpResponse:
    if form.cleaned_data["take_back"]:
        noting.take_back(actor=actor, event_id=own.event.id, at=timezone.now())
        return _written(request, actor, own.person, _("El hito quedó retirado. Se conserva tal como se escribió."))
    noting.correct(actor=actor, event_id=own.event.id, told=form.told(kept), at=timezone.now())
    return _written(request, actor, own.person, _("El hito quedó corregido."))


def _written(request: HttpRequest, actor: Actor, person: Person, words: str) -> HttpResponse:
    """Back to her thread, or to the list for roles that read no threads."""
    messages.success(request, words)
    return redirect(resolve_url("thread", person.id) if actor.can("thread_read") else resolve_url("my-list"))


def _shown(request: HttpRequest, page: EventFormPage, form: EventForm | None = None) -> HttpResponse:
    status = 422 if form is not None and form.errors else 200
    may_open = actor_in(request).can("thread_read")
    back = {
        "back": resolve_url("thread", page.person.id) if may_open else resolve_url("my-list"),
        "back_label": page.person.code if may_open else _("Lo que se debe"),
    }
    return render(request, "web/event_new.html", {"page": page, **back}, status=status)


def _mark(person: Person) -> PersonMark:
    return marks.person(person, persons.initials_of([person.id]).get(person.id, ""))


def _meets(person: UUID, definition: EventType, actor: Actor, today: date, language: str) -> tuple[StepLine, ...]:
    """Steps owed to her that an event of this type, written by this office, would meet whatever its fields say."""
    found = []
    for owed in own_events.owed(person):
        step = pack().routes.step(owed.route, owed.step)
        matches = step.fulfilled_by if step else ()
        if any(m.type == definition.code and not m.where and (not m.by or actor.unit in m.by) for m in matches):
            found.append(steps.line(owed, today, language))
    return tuple(found)

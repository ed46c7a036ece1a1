"""Sealed places: asked for by one, granted by another, read once on the screen and nowhere else."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amparo.access import queries as users
from amparo.access.actors import Actor
from amparo.access.policy import policy
from amparo.casework.actions import places
from amparo.casework.queries import places as read
from amparo.casework.rules import places as rules
from amparo.casework.rules.places import Request
from amparo.interfaces import sentences
from amparo.interfaces.web.forms.places import AskForm, PlaceForm
from amparo.interfaces.web.presenters import places as presented
from amparo.interfaces.web.request import actor_in, language_in
from amparo.interfaces.web.stepping_up import step_up_to_post
from amparo.interfaces.web.viewmodels.places import PlaceDecidePage, PlaceReadPage, PlacesPage, RequestLine
from amparo.kernel.errors import AmparoError, Conflict, Denied, Invalid, NotFound
from amparo.registries.queries import records


@policy("places")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """One's own requests, those that wait for one's answer, and one's own office's places."""
    return _index(request)


def _index(request: HttpRequest, ask: AskForm | None = None, write: PlaceForm | None = None) -> HttpResponse:
    actor, now = actor_in(request), timezone.now()
    found = read.overview(actor=actor, at=now)
    page = PlacesPage(
        asked=tuple(_line(each, now) for each in found.asked),
        to_decide=tuple(_line(each, now) for each in found.to_decide),
        own=tuple(map(presented.place, found.own)),
        ask=(ask or AskForm()) if actor.can("place_read") else None,
        write=(write or PlaceForm()) if actor.can("place_write") else None,
    )
    wrong = any(form is not None and form.errors for form in (ask, write))
    return render(request, "web/places.html", {"page": page}, status=422 if wrong else 200)


@policy("place_read")
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask, with the reason; a code that does not exist and one that is not for the asker get the same answer."""
    form = AskForm(request.POST)
    if not form.is_valid():
        return _index(request, ask=form)
    told = form.cleaned_data
    try:
        made = places.ask(actor=actor_in(request), code=told["code"], words=told["words"], at=timezone.now())
    except (NotFound, Denied):
        form.add_error("code", _("Ese código no existe, o no es de alguien a quien usted atiende."))
    except Invalid as error:
        form.add_error("words", sentences.of_error(error, language_in(request)))
    else:
        messages.success(request, _("Pedido enviado. Responde otra persona, de otra dependencia."))
        return redirect("place-request", made)
    return _index(request, ask=form)


@policy("place_write")
@step_up_to_post
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Seal a place of one's own office, or write anew where it is."""
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return _index(request, write=form)
    try:
        _write(actor_in(request), form, timezone.now())
    except AmparoError as error:
        form.add_error(None, sentences.of_error(error, language_in(request)))
        return _index(request, write=form)
    messages.success(request, _("Guardado y sellado. En el caso va solo el código."))
    return redirect("places")


def _write(actor: Actor, form: PlaceForm, now: datetime) -> None:
    told = form.cleaned_data
    if told["place"]:
        places.change(actor=actor, place_id=told["place"], words=told["where"], at=now)
        return
    person = records.with_code(told["person"].strip().upper()) if told["person"] else None
    if told["person"] and person is None:
        raise NotFound("person.unknown")
    places.write(actor=actor, words=told["where"], person=person, at=now)


@policy("place_read")
@step_up_to_post
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, place_request: UUID) -> HttpResponse:
    """How one's request stands; by POST, where it is: once, on this page, with the mark of who reads it."""
    actor, now = actor_in(request), timezone.now()
    found = read.own_request(actor=actor, request_id=place_request)
    words, mark = "", ""
    if request.method == "POST":
        try:
            words = places.read(actor=actor, request_id=place_request, at=now).words
        except (Conflict, Denied) as error:
            messages.warning(request, sentences.of_error(error, language_in(request)))
            return redirect("place-request", place_request)
        name = users.names_of({actor.name}).get(actor.name, actor.name)
        mark = f"{name} · {date_format(timezone.localtime(now), 'DATETIME_FORMAT')}"
    page = PlaceReadPage(_line(found, now), rules.standing(found, now) == "open" and not words, words, mark)
    return render(request, "web/place_read.html", {"page": page})


@policy("place_approve")
@step_up_to_post
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, place_request: UUID) -> HttpResponse:
    """Somebody else's request with the words why; by POST, the answer. Where the place is, is not shown."""
    actor, now = actor_in(request), timezone.now()
    if request.method == "POST":
        approves = request.POST.get("answer") == "yes"
        places.decide(actor=actor, request_id=place_request, approves=approves, at=now)
        messages.success(request, _("Autorizado por 15 minutos.") if approves else _("No se autorizó."))
        return redirect("places")
    found, words = read.to_decide(actor=actor, request_id=place_request, at=now)
    return render(request, "web/place_decide.html", {"page": PlaceDecidePage(_line(found, now), words)})


def _line(found: Request, now: datetime) -> RequestLine:
    return presented.request(found, users.names_of({found.username}), now)

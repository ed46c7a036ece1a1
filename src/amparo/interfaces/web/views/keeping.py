"""Erasing identities and keeping what the law says: one asks, somebody else orders; one asks to lift, another does."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from amparo.access import queries as users
from amparo.access.policy import policy
from amparo.casework.actions import erasing, holding
from amparo.casework.queries import keeping as read
from amparo.interfaces import sentences
from amparo.interfaces.web.forms.code import CodeForm
from amparo.interfaces.web.forms.keeping import ErasureForm, HoldForm, HoldNumber, LiftForm
from amparo.interfaces.web.presenters import keeping as presented
from amparo.interfaces.web.request import actor_in, language_in, refusals_told
from amparo.interfaces.web.stepping_up import step_up, step_up_to_post
from amparo.interfaces.web.viewmodels.keeping import KeepingPage, KeepingRecordsPage
from amparo.kernel.errors import Conflict, Invalid, NotFound


@policy("erasure")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What waits for somebody's yes, what was erased, and what has to be kept."""
    actor, language = actor_in(request), language_in(request)
    found = read.overview(actor=actor, at=timezone.now())
    names = users.names_of(presented.people_named((*found.waiting, *found.answered), found.holds))
    page = KeepingPage(
        waiting=tuple(presented.erasure(each, language) for each in found.waiting),
        answered=tuple(presented.erasure(each, language) for each in found.answered),
        holds=tuple(presented.hold(each, actor, names) for each in found.holds),
        lift_reasons=presented.lift_reasons(),
        find=CodeForm(),
    )
    return render(request, "web/keeping.html", {"page": page})


@policy("erasure")
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """From a code to the records of that person which are the institution's."""
    form = CodeForm(request.POST)
    try:
        person = read.find(actor=actor_in(request), code=form.cleaned_data["code"] if form.is_valid() else "")
    except NotFound:
        messages.warning(request, _("Su entidad no tiene a nadie con ese código. Revíselo: son ocho letras o cifras."))
        return redirect("keeping")
    return redirect("keeping-records", person)


@policy("erasure")
@require_GET
def records(request: HttpRequest, record: UUID) -> HttpResponse:
    """One person's records at the institution, to be erased or kept."""
    return _records(request, record)


@policy("erasure")
@step_up_to_post
@require_POST
def erasure_ask(request: HttpRequest, record: UUID) -> HttpResponse:
    """Ask for an erasure; somebody else orders it."""
    return _records(request, record, erases=True)


@policy("legal_hold")
@require_POST
def hold_place(request: HttpRequest, record: UUID) -> HttpResponse:
    """Order that records be kept: nobody erases them until two people lift it."""
    return _records(request, record, holds=True)


@policy("erasure")
@require_GET
def erasure(request: HttpRequest, erasure: UUID) -> HttpResponse:
    """One request, with everything that whoever orders it has to know."""
    actor = actor_in(request)
    found = read.one(actor=actor, request_id=erasure, at=timezone.now())
    names = users.names_of(presented.people_named([found], found.holds))
    page = presented.page(found, actor, names, language_in(request))
    return render(request, "web/erasure.html", {"page": page})


@policy("erasure")
@step_up_to_post
@require_POST
def erasure_confirm(request: HttpRequest, erasure: UUID) -> HttpResponse:
    """Order it. There is no way back."""
    with refusals_told(request):
        done = erasing.confirm(actor=actor_in(request), request_id=erasure, at=timezone.now())
        keys = len(done.keys)
        words = ngettext("Borrado: se destruyó %(n)s llave.", "Borrado: se destruyeron %(n)s llaves.", keys)
        messages.success(request, words % {"n": keys})
    return redirect("erasure", erasure)


@policy("erasure")
@require_POST
def erasure_refuse(request: HttpRequest, erasure: UUID) -> HttpResponse:
    """Say no, or take one's own request back."""
    with refusals_told(request):
        erasing.refuse(actor=actor_in(request), request_id=erasure, at=timezone.now())
        messages.success(request, _("No se borra. Queda anotado."))
    return redirect("keeping")


@policy("erasure")
@step_up
@require_GET
def certificate(request: HttpRequest, erasure: UUID) -> HttpResponse:
    """The signed certificate as a file. It names nobody."""
    try:
        found = read.certificate(actor=actor_in(request), request_id=erasure, at=timezone.now())
    except Conflict as error:
        messages.warning(request, sentences.of_error(error, language_in(request)))
        return redirect("erasure", erasure)
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    response = HttpResponse(text, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="certificado-{erasure.hex[:12]}.json"'
    return response


@policy("legal_hold")
@step_up_to_post
@require_POST
def hold_lift(request: HttpRequest) -> HttpResponse:
    """Ask for a hold to be lifted; done where somebody else has asked before."""
    form, hold = LiftForm(request.POST), HoldNumber(request.POST).number()
    with refusals_told(request):
        why = form.cleaned_data["why"] if form.is_valid() else ""
        lifted = holding.lift(actor=actor_in(request), number=hold, why=why, at=timezone.now())
        messages.success(
            request, _("Orden levantada.") if lifted else _("Pedido anotado: otra persona debe levantarla.")
        )
    return redirect("keeping")


@policy("legal_hold")
@require_POST
def hold_keep(request: HttpRequest) -> HttpResponse:
    """Let it stand although somebody asked to lift it."""
    holding.keep(actor=actor_in(request), number=HoldNumber(request.POST).number(), at=timezone.now())
    messages.success(request, _("La orden sigue en pie."))
    return redirect("keeping")


def _records(request: HttpRequest, record: UUID, *, erases: bool = False, holds: bool = False) -> HttpResponse:
    """The page of one person's records, after whichever of its two forms was sent."""
    actor, language = actor_in(request), language_in(request)
    found = read.about(actor=actor, person_id=record, at=timezone.now())
    choices = presented.records(found, language)
    asked = presented.requests(found, language)
    erase = ErasureForm(
        request.POST if erases else None, records=choices, language=language, requests=asked, prefix="e"
    )
    keep = HoldForm(request.POST if holds else None, records=choices, prefix="h")
    if erases and erase.is_valid() and (made := _asked(request, erase)):
        return redirect("erasure", made)
    if holds and keep.is_valid() and _placed(request, keep):
        return redirect("keeping")
    names = users.names_of(presented.people_named((), found.holds))
    page = KeepingRecordsPage(
        person=found.person,
        code=found.code,
        erased=tuple(each.code for each in found.records if each.id in found.erased),
        holds=tuple(presented.hold(each, actor, names) for each in found.holds),
        kept=found.kept,
        erase=erase if choices else None,
        hold=keep if choices and actor.can("legal_hold") else None,
    )
    wrong = bool(erase.errors or keep.errors)
    return render(request, "web/keeping_records.html", {"page": page}, status=422 if wrong else 200)


def _asked(request: HttpRequest, form: ErasureForm) -> UUID | None:
    try:
        made = erasing.ask(actor=actor_in(request), wanted=form.wanted(), at=timezone.now())
    except (Conflict, Invalid) as error:
        form.add_error(None, sentences.of_error(error, language_in(request)))
        return None
    messages.success(request, _("Pedido anotado. Nada se borra hasta que otra persona lo ordene."))
    return made


def _placed(request: HttpRequest, form: HoldForm) -> bool:
    told = form.cleaned_data
    try:
        holding.place(
            actor=actor_in(request), records=form.chosen(), reason=told["why"], article=told["article"],
            at=timezone.now(),
        )  # fmt: skip
    except Invalid as error:
        form.add_error(None, sentences.of_error(error, language_in(request)))
        return False
    messages.success(request, _("Desde ahora no se borra."))
    return True

"""The desk of the officer for data protection: clocks of the law, requests by persons, accesses, proofs outside."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amparo.access import attestations
from amparo.access import queries as users
from amparo.access.policy import policy
from amparo.casework.actions import desk
from amparo.casework.queries import desk as read
from amparo.casework.queries import readings
from amparo.interfaces import sentences
from amparo.interfaces.web.forms.desk import IncidentForm, RequestForm
from amparo.interfaces.web.presenters import desk as presented
from amparo.interfaces.web.request import actor_in, language_in, refusals_told
from amparo.interfaces.web.stepping_up import step_up_to_post
from amparo.interfaces.web.viewmodels.desk import FormPage, IncidentPage
from amparo.kernel.errors import Invalid, NotFound


@policy("desk")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Everything that waits."""
    found = read.read(actor=actor_in(request), at=timezone.now())
    return render(request, "web/desk.html", {"page": presented.page(found, language_in(request))})


@policy("desk")
@require_http_methods(["GET", "POST"])
def incident_new(request: HttpRequest) -> HttpResponse:
    """Write an incident down."""
    form = IncidentForm(request.POST or None, language=language_in(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = desk.open_incident(actor=actor_in(request), happened=form.happened(), at=timezone.now())
            return redirect("incident", made)
        except Invalid as error:
            form.add_error(None, sentences.of_error(error, language_in(request)))
    page = FormPage(_("Anotar un incidente"), form)
    return render(request, "web/desk_form.html", {"page": page}, status=422 if form.errors else 200)


@policy("desk")
@step_up_to_post
@require_http_methods(["GET", "POST"])
def incident(request: HttpRequest, incident: UUID) -> HttpResponse:
    """One incident; by POST, the people it touched, worked out of the ledger at this moment."""
    actor, now = actor_in(request), timezone.now()
    found = read.incident(actor=actor, incident_id=incident, at=now)
    touched = tuple(read.affected(actor=actor, found=found, at=now)) if request.method == "POST" else None
    line = presented.incident(found, language_in(request))
    facts = presented.facts(found, users.names_of({found.username}))
    page = IncidentPage(line, facts, touched, not line.closed and all(clock.done for clock in line.clocks))
    return render(request, "web/incident.html", {"page": page})


@policy("desk")
@require_POST
def incident_done(request: HttpRequest, incident: UUID) -> HttpResponse:
    """The authority was notified, the people told, or it is closed."""
    what = request.POST.get("what", "")[:10]
    with refusals_told(request):
        desk.done(actor=actor_in(request), incident_id=incident, what=what, at=timezone.now())
        messages.success(request, _("Anotado."))
    return redirect("incident", incident)


@policy("desk")
@require_http_methods(["GET", "POST"])
def request_new(request: HttpRequest) -> HttpResponse:
    """Write a person's request down; the day by which she is answered follows."""
    actor, now, language = actor_in(request), timezone.now(), language_in(request)
    form = RequestForm(request.POST or None, language=language, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            person = readings.find(actor=actor, code=told["code"])
            desk.receive(
                actor=actor, person_id=person, kind=told["kind"], asker=told["asker"], received=told["received"], at=now
            )
        except NotFound:
            form.add_error("code", _("Ninguna persona tiene ese código. Revíselo: son ocho letras o cifras."))
        except Invalid as error:
            form.add_error(None, sentences.of_error(error, language))
        else:
            messages.success(request, _("Solicitud anotada."))
            return redirect("desk")
    page = FormPage(_("Anotar una solicitud"), form)
    return render(request, "web/desk_form.html", {"page": page}, status=422 if form.errors else 200)


@policy("desk")
@require_POST
def request_answer(request: HttpRequest, person_request: UUID) -> HttpResponse:
    """What she was answered."""
    told = request.POST.get("answer", "")[:40]
    with refusals_told(request):
        desk.answer(actor=actor_in(request), request_id=person_request, answer=told, at=timezone.now())
        messages.success(request, _("Respuesta anotada."))
    return redirect("desk")


@policy("desk")
@require_GET
def accesses(request: HttpRequest) -> HttpResponse:
    """Everybody who may sign in, with last use, to be vouched for every quarter."""
    found = attestations.listing(actor=actor_in(request), at=timezone.now())
    names = users.names_of({each.end_asked_by for each in found})
    lines = tuple(
        presented.access(each, language_in(request), names.get(each.end_asked_by, each.end_asked_by)) for each in found
    )
    return render(request, "web/accesses.html", {"lines": lines})


@policy("desk")
@step_up_to_post
@require_POST
def attest(request: HttpRequest, user: UUID) -> HttpResponse:
    """She still needs it, or it ends; of some accesses another officer has to say so too."""
    keeps = request.POST.get("answer") == "keep"
    with refusals_told(request):
        stays = attestations.attest(actor=actor_in(request), user_id=user, keeps=keeps, at=timezone.now())
        messages.success(request, _attested(keeps=keeps, stays=stays))
    return redirect("accesses")


def _attested(*, keeps: bool, stays: bool) -> str:
    if keeps:
        return _("El acceso sigue vigente.")
    if not stays:
        return _("El acceso terminó.")
    return _(
        "Pedido anotado: debe terminarlo otra persona que proteja los datos. Si no puede esperar, lo hace en el acto"
        " quien administra la máquina."
    )

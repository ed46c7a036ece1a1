"""What a person agrees to: read, written down, withdrawn, printed; and what offices are asked to give up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amparo.access.policy import policy
from amparo.casework.actions import consenting, recalling
from amparo.casework.queries import consents, persons, recalls
from amparo.casework.queries.shapes import Person
from amparo.interfaces import sentences
from amparo.interfaces.web.forms.consent import ConsentForm
from amparo.interfaces.web.presenters import consents as presented
from amparo.interfaces.web.presenters import marks
from amparo.interfaces.web.request import actor_in, language_in, refusals_told
from amparo.interfaces.web.viewmodels.common import PersonMark
from amparo.interfaces.web.viewmodels.consent import ConsentFormPage, ConsentsPage, RecallsPage
from amparo.kernel.errors import Conflict, Denied, Invalid
from amparo.pack.current import pack


@policy("thread_read")
@require_GET
def listing(request: HttpRequest, person: UUID) -> HttpResponse:
    """Everything she agreed to or refused, and how it stands today."""
    return render(request, "web/consents.html", {"page": _page(request, person)})


@policy("thread_read")
@require_GET
def printed(request: HttpRequest, person: UUID) -> HttpResponse:
    """The same on paper, with room for her signature or fingerprint, and without her name."""
    return render(request, "web/consents_print.html", {"page": _page(request, person, on_paper=True)})


def _page(request: HttpRequest, person: UUID, *, on_paper: bool = False) -> ConsentsPage:
    actor, now, language = actor_in(request), timezone.now(), language_in(request)
    found = consents.read(actor=actor, person_id=person, at=now, on_paper=on_paper)
    asked = recalls.of_person(persons.records_of([found.person.id])[found.person.id], now)
    lines = (presented.line(each, actor, language, may_write=found.may_write) for each in found.all)
    return ConsentsPage(
        person=_mark(found.person),
        lines=tuple(lines),
        recalls=tuple(presented.recall(each, language) for each in asked),
        bases=presented.bases(language),
        article=next((terms.article for terms in pack().rights.consents.values()), ""),
        may_write=found.may_write,
        generated_at=now,
    )


@policy("event_write")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, person: UUID) -> HttpResponse:
    """Write down what she decided."""
    actor, now, language = actor_in(request), timezone.now(), language_in(request)
    found = consents.read(actor=actor, person_id=person, at=now)
    if not found.may_write:
        raise Denied("event.not_your_unit")
    form = ConsentForm(request.POST or None, language=language, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            consenting.write(actor=actor, person_id=found.person.id, decided=form.decided(), at=now)
        except Invalid as error:
            form.add_error(None, sentences.of_error(error, language))
        else:
            messages.success(request, _("Su decisión quedó anotada."))
            return redirect("consents", found.person.id)
    page = ConsentFormPage(_mark(found.person), form)
    return render(request, "web/consent_new.html", {"page": page}, status=422 if form.errors else 200)


@policy("event_write")
@require_POST
def withdraw(request: HttpRequest, person: UUID, consent: UUID) -> HttpResponse:
    """She takes it back: from the next reading on nothing is shown by it."""
    try:
        consenting.withdraw(actor=actor_in(request), person_id=person, consent_id=consent, at=timezone.now())
    except Conflict:
        messages.warning(request, _("Ese consentimiento ya había terminado."))
    else:
        messages.success(request, _("Quedó retirado. A quienes leyeron por él se les pidió que borren los datos."))
    return redirect("consents", person)


@policy("event_write")
@require_POST
def confirm(request: HttpRequest, person: UUID, consent: UUID) -> HttpResponse:
    """Her representative may act for her, says an office that may know."""
    with refusals_told(request):
        consenting.confirm(actor=actor_in(request), person_id=person, consent_id=consent, at=timezone.now())
        messages.success(request, _("Quedó confirmado quién la representa."))
    return redirect("consents", person)


@policy("alerts_read")
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What the office is asked to give up."""
    actor, language = actor_in(request), language_in(request)
    lines = tuple(presented.recall(each, language) for each in recalls.inbox(actor=actor, at=timezone.now()))
    keeps = not pack().rights.needs_consent(actor.unit)
    page = RecallsPage(lines, keeps, presented.own_basis(actor, language))
    return render(request, "web/recalls.html", {"page": page})


@policy("alerts_read")
@require_POST
def answer(request: HttpRequest, recall: UUID) -> HttpResponse:
    """Given up, or kept by law."""
    told = request.POST.get("answer", "")[:10]
    with refusals_told(request):
        recalling.answer(actor=actor_in(request), recall_id=recall, answer=told, at=timezone.now())
        messages.success(request, _("Respuesta anotada."))
    return redirect("recalls")


def _mark(person: Person) -> PersonMark:
    return marks.person(person, persons.initials_of([person.id]).get(person.id, ""))

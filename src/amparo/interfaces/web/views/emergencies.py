"""Opening a person in an emergency, and somebody else's look at it within two working days."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from amparo.access import emergencies
from amparo.access import queries as users
from amparo.access.policy import policy
from amparo.casework.actions import emergency as emergency_actions
from amparo.casework.queries import emergencies as read
from amparo.interfaces.web.forms.emergency import EmergencyForm, ReviewForm
from amparo.interfaces.web.presenters import guarding
from amparo.interfaces.web.request import actor_in, language_in
from amparo.interfaces.web.stepping_up import step_up
from amparo.interfaces.web.viewmodels.common import Fact
from amparo.interfaces.web.viewmodels.guarding import EmergencyPage


@policy("break_glass")
@step_up
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, person: UUID) -> HttpResponse:
    """The form looks the same for everybody and nobody; by POST with a reason, half an hour with her thread."""
    actor, now = actor_in(request), timezone.now()
    form = EmergencyForm(request.POST or None, language=language_in(request), compartments=actor.compartments)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        opened = emergency_actions.break_glass(
            actor=actor, person_id=person, reason=told["reason"], words=told["words"], parts=told["parts"], at=now
        )
        return redirect("thread", opened)
    page = {"form": form, "suspended": emergencies.is_suspended(actor, now)}
    return render(request, "web/emergency_ask.html", {"page": page}, status=422 if form.errors else 200)


@policy("break_glass_review")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every emergency, those that wait for a review first."""
    now = timezone.now()
    found = read.listing(actor=actor_in(request), at=now)
    names = users.names_of({line.emergency.username for line in found})
    today, language = timezone.localdate(now), language_in(request)
    lines = tuple(guarding.emergency(line, names, today, language) for line in found)
    return render(request, "web/emergencies.html", {"lines": lines})


@policy("break_glass_review")
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, emergency: UUID) -> HttpResponse:
    """One with its words, for somebody who is neither its user nor of her office; by POST, the verdict."""
    actor, now, language = actor_in(request), timezone.now(), language_in(request)
    opened = read.read(actor=actor, emergency_id=emergency, at=now)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        emergencies.review(actor=actor, emergency_id=emergency, verdict=form.cleaned_data["verdict"], at=now)
        messages.success(request, _("Revisión guardada."))
        return redirect("emergencies")
    names = users.names_of({opened.line.emergency.username})
    line = guarding.emergency(opened.line, names, timezone.localdate(now), language)
    facts = (
        Fact(_("Quién"), line.who),
        Fact(_("Motivo"), line.reason),
        Fact(_("Qué abrió"), guarding.parts(opened.line.emergency.parts, language) or "—"),
        Fact(_("Estado"), line.state),
    )
    page = EmergencyPage(line, facts, opened.words, form)
    return render(request, "web/emergency.html", {"page": page}, status=422 if form.errors else 200)

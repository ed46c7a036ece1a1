"""Alerts without content: that something happened which somebody should know."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from amparo.access import alerts
from amparo.access import queries as users
from amparo.access.policy import policy
from amparo.casework.queries import alerted
from amparo.interfaces.web.presenters import guarding
from amparo.interfaces.web.request import actor_in
from amparo.interfaces.web.viewmodels.guarding import AlertsPage


@policy("alerts_read")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    actor = actor_in(request)
    found = alerted.read(actor=actor, at=timezone.now())
    names = users.names_of({told.alert.username for told in found})
    lines = tuple(guarding.alert(told, actor, names) for told in found)
    return render(request, "web/alerts.html", {"page": AlertsPage(lines, actor.can("break_glass_review"))})


@policy("alerts_read")
@require_POST
def seen(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Somebody has looked at it."""
    alerts.mark_seen(actor=actor_in(request), alert_id=alert, at=timezone.now())
    return redirect("alerts")

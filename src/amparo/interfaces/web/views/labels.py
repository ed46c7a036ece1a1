"""What people's answers would teach the weights: shown first, adopted only by somebody's act, reverted the same way."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from amparo.access import queries as users
from amparo.access.policy import policy
from amparo.interfaces.web.presenters import labels as presented
from amparo.interfaces.web.request import actor_in, refusals_told
from amparo.registries.actions import teaching
from amparo.registries.queries import labels


@policy("labels_read")
@require_GET
def proposal(request: HttpRequest) -> HttpResponse:
    """Weights before and after, and what would become of today's pairs."""
    history = labels.history()
    names = users.names_of({each.by for each in history})
    page = presented.page(labels.proposal(), history, names, actor_in(request))
    return render(request, "web/labels.html", {"page": page})


@policy("labels_adopt")
@require_POST
def adopt(request: HttpRequest) -> HttpResponse:
    """Let the answers that were shown teach the weights."""
    told = request.POST.get("labels", "")
    expecting = int(told) if told.isdecimal() and len(told) < 9 else -1
    with refusals_told(request):
        teaching.adopt(actor=actor_in(request), expecting=expecting, at=timezone.now())
        messages.success(request, _("Adoptado. Los registros se compararán de nuevo en unos minutos."))
    return redirect("labels")


@policy("labels_adopt")
@require_POST
def revert(request: HttpRequest, adoption: UUID) -> HttpResponse:
    """Stop using what was adopted."""
    with refusals_told(request):
        teaching.revert(actor=actor_in(request), adoption_id=adoption, at=timezone.now())
        messages.success(request, _("Revertido. Los registros se compararán de nuevo en unos minutos."))
    return redirect("labels")

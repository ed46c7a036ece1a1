"""Notices to whoever relied on records being one person that are no longer held to be."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from amparo.access.policy import policy
from amparo.casework.actions import separating
from amparo.casework.queries import notices
from amparo.interfaces.web.presenters import notices as presented
from amparo.interfaces.web.request import actor_in


@policy("my_list")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What waits to be looked at, the newest first; by codes, never by names."""
    actor = actor_in(request)
    page = presented.page(notices.read(actor=actor, at=timezone.now()), actor)
    return render(request, "web/notices.html", {"page": page})


@policy("my_list")
@require_POST
def seen(request: HttpRequest, notice: UUID) -> HttpResponse:
    """Say that one has looked at what was done."""
    separating.acknowledge(actor=actor_in(request), notice_id=notice, at=timezone.now())
    messages.success(request, _("Aviso visto."))
    return redirect("notices")

"""Why each record of a thread is held to be of the same person."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from amparo.access.policy import policy
from amparo.casework.queries import grounds as queries
from amparo.casework.queries import persons
from amparo.interfaces.web.presenters import grounds as presented
from amparo.interfaces.web.request import actor_in, language_in


@policy("thread_read")
@require_GET
def grounds(request: HttpRequest, person: UUID) -> HttpResponse:
    """Record by record, who or what holds it to be hers, and since when."""
    actor = actor_in(request)
    found = queries.read(actor=actor, person_id=person, at=timezone.now())
    if found.person.id != person:
        return redirect("grounds", found.person.id)
    initials = persons.initials_of([found.person.id]).get(found.person.id, "")
    page = presented.page(found, actor, initials, language_in(request))
    return render(request, "web/grounds.html", {"page": page})

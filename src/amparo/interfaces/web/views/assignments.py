"""To whom of one's own office each person is given by name."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from amparo.access.policy import policy
from amparo.casework.actions import assigning
from amparo.casework.queries import assignments as read
from amparo.casework.queries.assignments import Given, Show
from amparo.interfaces.web.local import local
from amparo.interfaces.web.presenters import marks, paging
from amparo.interfaces.web.request import actor_in, refusals_told
from amparo.interfaces.web.viewmodels.assignments import AssignmentsPage, GivenLine, WorkerChoice
from amparo.interfaces.web.viewmodels.common import Choice

_SHOWN: dict[str, Show] = {"": "", "nadie": "nobody", "mias": "mine"}


@policy("assign")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The people of the office, the most pressing first."""
    number, wanted, only = paging.number_in(request), request.GET.get("de", ""), _one(request)
    show = _SHOWN.get(wanted, "")
    found = read.read(actor=actor_in(request), show=show, page=number, at=timezone.now(), only=only)
    names = {worker.username: worker.display_name for worker in found.workers}
    labels = {"": _("Todas"), "nadie": _("Sin encargar"), "mias": _("Encargadas a mí")}
    page = AssignmentsPage(
        lines=tuple(_line(each, names) for each in found.people),
        workers=tuple(WorkerChoice(each.username, each.display_name, each.given) for each in found.workers),
        filters=tuple(
            Choice(label, f"?de={code}" if code else "?", not only and _SHOWN[code] == show)
            for code, label in labels.items()
        ),
        total=found.total,
        pages=paging.pages(number, found.total, read.PAGE, {"de": wanted} if show else {}),
        here=_address(only, wanted if show else "", number),
    )
    return render(request, "web/assignments.html", {"page": page})


@policy("assign")
@require_POST
def assign(request: HttpRequest, person: UUID) -> HttpResponse:
    """Give her to somebody of the office, or to nobody."""
    chosen = request.POST.get("to", "")[:80]
    with refusals_told(request):
        assigning.assign(actor=actor_in(request), person_id=person, username=chosen, at=timezone.now())
        messages.success(request, _("Encargada.") if chosen else _("Ya no está encargada a nadie."))
    return redirect(local(request, request.POST.get("next", "")) or "assignments")


def _address(only: UUID | None, wanted: str, number: int) -> str:
    """This page as it was understood. What else somebody wrote into its address is not repeated."""
    told = {"persona": str(only)} if only else {"de": wanted, "p": str(number) if number > 1 else ""}
    return reverse("assignments") + (paging.query(told) if any(told.values()) else "")


def _one(request: HttpRequest) -> UUID | None:
    """The person whom alone one came to see, as from her thread; what is no id means everybody."""
    with suppress(ValueError):
        return UUID(request.GET.get("persona", ""))
    return None


def _line(found: Given, names: dict[str, str]) -> GivenLine:
    mark = marks.person(found.person, found.initials)
    return GivenLine(mark, names.get(found.username, ""), found.username, found.since)

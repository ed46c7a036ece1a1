"""Pairs on which two reviewers disagree, for whoever answers for the review."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from amparo.access import queries as users
from amparo.access.policy import policy
from amparo.casework.actions import deciding
from amparo.casework.actions.deciding import Told
from amparo.casework.queries import judging
from amparo.interfaces.web import judging_window
from amparo.interfaces.web.forms.judge import ResolveForm
from amparo.interfaces.web.presenters import pairs as presented
from amparo.interfaces.web.request import actor_in, language_in, refusals_told
from amparo.interfaces.web.viewmodels.pairs import DisputesPage


@policy("pair_resolve")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every disagreement, the likeliest to be one person first."""
    actor, now, language = actor_in(request), timezone.now(), language_in(request)
    found = judging.disputes(actor)
    records = [record for pair in found for record in (pair.left, pair.right)]
    seen = judging.masked(actor=actor, record_ids=records, at=now)
    page = DisputesPage(tuple(presented.line(pair, seen, now, language) for pair in found))
    return render(request, "web/disputes.html", {"page": page})


@policy("pair_resolve")
@require_http_methods(["GET", "POST"])
def dispute(request: HttpRequest, pair: UUID) -> HttpResponse:
    """Both records with both opinions; by POST, how it ends."""
    form = ResolveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _resolve(request, pair, form)
    if not (purpose := judging_window.purpose_in(request)):
        return judging_window.to_begin(request)
    found = judging.open_disputed(actor=actor_in(request), pair_id=pair, purpose=purpose, at=timezone.now())
    names = users.names_of({each.decision.by for each in found.opinions})
    page = presented.disputed(found, form, names, language_in(request))
    return render(request, "web/pair.html", {"page": page}, status=422 if form.errors else 200)


def _resolve(request: HttpRequest, pair_id: UUID, form: ResolveForm) -> HttpResponse:
    told = Told(**form.cleaned_data)
    with refusals_told(request):
        deciding.resolve(actor=actor_in(request), pair_id=pair_id, told=told, at=timezone.now())
        messages.success(request, _("Resuelto: %(answer)s.") % {"answer": presented.answer(told.answer)})
    return redirect("disputes")

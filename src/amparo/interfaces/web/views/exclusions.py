"""Keeping somebody with a conflict of interest away from a person, and, by two people, lifting it again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amparo.access import exclusions
from amparo.access import queries as users
from amparo.access.policy import policy
from amparo.casework.queries import kept_away
from amparo.interfaces import sentences
from amparo.interfaces.web.forms.exclusion import ExclusionForm
from amparo.interfaces.web.presenters import guarding
from amparo.interfaces.web.request import actor_in, language_in, refusals_told
from amparo.interfaces.web.viewmodels.common import PersonMark
from amparo.interfaces.web.viewmodels.guarding import KeptAwayPage
from amparo.kernel.errors import Invalid


@policy("exclude")
@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest, person: UUID) -> HttpResponse:
    """Who is kept away from her; by POST, one more."""
    actor, now, language = actor_in(request), timezone.now(), language_in(request)
    found = kept_away.read(actor=actor, person_id=person, at=now)
    form = ExclusionForm(request.POST or None, language=language)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            exclusions.make(actor=actor, records=found.records, whom=form.whom(), reason=reason, at=now)
        except Invalid as error:
            form.add_error(None, sentences.of_error(error, language))
        else:
            messages.success(request, _("Queda apartado desde ahora: no la encuentra en ninguna parte."))
            return redirect("kept-away", found.person.id)
    named = {name for each in found.standing for name in (each.by, each.lift_asked_by, each.whom.username)}
    names = users.names_of(named)
    lines = tuple(guarding.kept_away(each, actor, names, language) for each in found.standing)
    page = KeptAwayPage(PersonMark(found.person.id, found.person.code, ""), lines, form)
    return render(request, "web/kept_away.html", {"page": page}, status=422 if form.errors else 200)


@policy("exclude")
@require_POST
def lift(request: HttpRequest, exclusion: UUID) -> HttpResponse:
    """Ask for it to be lifted; done where somebody else has asked before."""
    with refusals_told(request):
        lifted = exclusions.lift(actor=actor_in(request), exclusion_id=exclusion, at=timezone.now())
        words = _("Ya no está apartado.") if lifted else _("Pedido anotado: otra persona debe confirmarlo.")
        messages.success(request, words)
    return redirect("ledger")

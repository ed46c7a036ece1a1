"""What another user may do: her role, her office, and until when. Less the officer takes at once, more two give."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amparo.access import attestations, changes
from amparo.access import queries as users
from amparo.access.policy import policy
from amparo.interfaces import sentences
from amparo.interfaces.web.forms.desk import ChangeForm
from amparo.interfaces.web.presenters import desk as presented
from amparo.interfaces.web.request import actor_in, language_in, refusals_told
from amparo.interfaces.web.stepping_up import step_up_to_post
from amparo.interfaces.web.viewmodels.desk import ChangePage
from amparo.kernel.errors import Invalid

_ASKED = gettext_lazy("Pedido. Con esto podrá hacer o ver más que antes, así que otra persona debe darlo en «Por dar».")


@policy("desk")
@step_up_to_post
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, user: UUID) -> HttpResponse:
    """Show what she may do; by POST, change it from her next request on."""
    actor, now, language = actor_in(request), timezone.now(), language_in(request)
    found = attestations.get(actor=actor, user_id=user, at=now)
    form = ChangeForm(
        request.POST or None, language=language, institution=found.institution,
        initial={"role": found.role, "office": found.office, "ends_on": found.ends_on},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            done = changes.change(actor=actor, user_id=user, change=form.change(), at=now)
        except Invalid as error:
            form.add_error(None, sentences.of_error(error, language))
        else:
            messages.success(request, _("Cambiado. Vale desde ahora.") if done else _ASKED)
            return redirect("accesses")
    page = ChangePage(presented.access(found, language), form)
    return render(request, "web/access_change.html", {"page": page}, status=422 if form.errors else 200)


@policy("access_confirm")
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Every change that waits for a second person."""
    found = changes.waiting(actor=actor_in(request), at=timezone.now())
    names = users.names_of({each.asked_by for each in found})
    lines = tuple(presented.asked_change(each, names, language_in(request)) for each in found)
    return render(request, "web/changes.html", {"lines": lines})


@policy("access_confirm")
@step_up_to_post
@require_POST
def give(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Give what another one asked for."""
    with refusals_told(request):
        changes.give(actor=actor_in(request), asked_id=asked, at=timezone.now())
        messages.success(request, _("Dado. Vale desde ahora."))
    return redirect("changes")


@policy("access_confirm")
@require_POST
def refuse(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Do not give it, or take back what one asked for oneself."""
    with refusals_told(request):
        changes.refuse(actor=actor_in(request), asked_id=asked, at=timezone.now())
        messages.success(request, _("No se da. Queda anotado."))
    return redirect("changes")

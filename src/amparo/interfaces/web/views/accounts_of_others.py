"""What another user may do: her role, her office, and until when; changed by the officer, never for oneself."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amparo.access import actions, attestations
from amparo.access.policy import policy
from amparo.interfaces import sentences
from amparo.interfaces.web.forms.desk import ChangeForm
from amparo.interfaces.web.presenters import desk as presented
from amparo.interfaces.web.request import actor_in, language_in
from amparo.interfaces.web.stepping_up import step_up_to_post
from amparo.interfaces.web.viewmodels.desk import ChangePage
from amparo.kernel.errors import Invalid


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
            actions.change_user(actor=actor, user_id=user, change=form.change(), at=now)
        except Invalid as error:
            form.add_error(None, sentences.of_error(error, language))
        else:
            messages.success(request, _("Cambiado. Vale desde ahora."))
            return redirect("accesses")
    page = ChangePage(presented.access(found, language), form)
    return render(request, "web/access_change.html", {"page": page}, status=422 if form.errors else 200)

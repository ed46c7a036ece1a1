"""Setting a password for when somebody is forced to sign in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amparo.access import threats
from amparo.access.policy import SIGNED_IN, policy
from amparo.interfaces import sentences
from amparo.interfaces.web.forms.under_threat import ThreatPasswordForm
from amparo.interfaces.web.request import language_in
from amparo.interfaces.web.stepping_up import step_up
from amparo.interfaces.web.viewmodels.under_threat import ThreatPasswordPage
from amparo.kernel.errors import Invalid


@policy(SIGNED_IN)
@step_up
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """What it is for, and a form to set it, to exchange it or to take it away."""
    username, now = request.user.get_username(), timezone.now()
    form = ThreatPasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and "remove" in request.POST:
        threats.set_password(username=username, password="", at=now)
        messages.success(request, _("Ya no tiene una contraseña para eso."))
        return redirect("account")
    if request.method == "POST" and form.is_valid():
        try:
            threats.set_password(username=username, password=form.cleaned_data["password"], at=now)
        except Invalid as error:
            form.add_error("password", sentences.of_error(error, language_in(request)))
        else:
            messages.success(request, _("Guardada. Pruébela hoy, cuando esté a solas."))
            return redirect("account")
    page = ThreatPasswordPage(form, has_one=threats.has_password(username))
    return render(request, "web/under_threat.html", {"page": page}, status=422 if form.errors else 200)

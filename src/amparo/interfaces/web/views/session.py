"""Coming in, going out, leaving in a hurry, and the language of the pages."""

from __future__ import annotations

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amparo.access import actions
from amparo.access.policy import PUBLIC, SIGNED_IN, policy
from amparo.interfaces.web import demo
from amparo.interfaces.web.accounts import in_language
from amparo.interfaces.web.forms.sign_in import SignInForm
from amparo.interfaces.web.local import local
from amparo.interfaces.web.viewmodels.home import SignInPage
from amparo.kernel.errors import NotFound


@policy(PUBLIC)
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in, or say that name and password do not belong together, in the same words whichever is wrong.

    Whoever has a second factor is asked for it next, and is not in before.
    """
    target = local(request, request.POST.get("next") or request.GET.get("next", ""))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = get_adapter(request).authenticate(request, **form.cleaned_data)
        except ValidationError:
            form.add_error(None, _("Demasiados intentos. Espere quince minutos y vuelva a intentar."))
        else:
            if user is not None:
                login = Login(user=user, redirect_url=target or None)
                entered: HttpResponse = perform_password_login(request, form.cleaned_data, login)
                return entered
            form.add_error(None, _("El usuario o la contraseña no coinciden. Revise y vuelva a intentar."))
    page = SignInPage(form, target, demo.users(request), demo.PASSWORD if settings.DEMO else "")
    return render(request, "web/sign_in.html", {"page": page}, status=422 if form.errors else 200)


@policy(PUBLIC)
@require_POST
def start_over(request: HttpRequest) -> HttpResponse:
    """Forget a sign-in that waits for its second factor."""
    logout(request)
    return redirect("sign-in")


@policy(SIGNED_IN)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("sign-in")


@policy(PUBLIC)
@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """Leave in a hurry: the session ends and the browser shows something harmless."""
    logout(request)
    return redirect("blank")


@policy(PUBLIC)
@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """A page that says nothing about Amparo, for whoever looks over a shoulder."""
    return render(request, "web/blank.html")


@policy(PUBLIC)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages and remember it."""
    wanted = request.POST.get("language", "")
    known = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    if request.user.is_authenticated:
        actions.set_language(username=request.user.get_username(), language=known)
    return in_language(redirect(local(request, request.POST.get("next", "")) or "home"), known)


@policy(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password for whoever has one; who signs in without any has nothing to change here."""
    if not (request.user.is_authenticated and request.user.has_usable_password()):
        raise NotFound("account.no_password")
    response: HttpResponse = account.password_change(request)
    return response

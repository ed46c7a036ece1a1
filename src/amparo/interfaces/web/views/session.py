"""Coming in, going out, leaving in a hurry, and the language of the pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amparo.access import actions
from amparo.access.actors import Actor
from amparo.access.policy import PUBLIC, SIGNED_IN, policy
from amparo.access.queries import actor_of
from amparo.interfaces.web import demo
from amparo.interfaces.web.forms.sign_in import SignInForm
from amparo.interfaces.web.viewmodels.home import SignInPage


@policy(PUBLIC)
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in, or say that name and password do not belong together, in the same words whichever is wrong."""
    target = _local(request, request.POST.get("next") or request.GET.get("next", ""))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if user is not None:
            # First who she is and the ledger, so that nobody is in who has no role or of whom nothing was written.
            actions.record_sign_in(actor=actor_of(user), at=timezone.now(), succeeded=True)
            login(request, user)
            return _in_language(redirect(target or settings.LOGIN_REDIRECT_URL), user.language)
        actions.record_sign_in(actor=Actor(name="unknown"), at=timezone.now(), succeeded=False)
        form.add_error(None, _("El usuario o la contraseña no coinciden. Revise y vuelva a intentar."))
    page = SignInPage(form, target, demo.users(request), demo.PASSWORD if settings.DEMO else "")
    return render(request, "web/sign_in.html", {"page": page}, status=422 if form.errors else 200)


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
    return _in_language(redirect(_local(request, request.POST.get("next", "")) or "home"), known)


def _in_language(response: HttpResponseRedirect, code: str) -> HttpResponse:
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 24 * 3600, samesite="Lax", httponly=True)
    translation.activate(code)
    return response


def _local(request: HttpRequest, target: str) -> str:
    """The address if it is one of ours, nothing otherwise."""
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if allowed and target.startswith("/") else ""

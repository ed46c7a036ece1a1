"""What is Amparo's own about signing in: the ledger has it first, and secrets of second factors are sealed."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from amparo.access import actions, threats
from amparo.access.actors import Actor
from amparo.access.queries import actor_of
from amparo.access.rules import attesting
from amparo.interfaces.web import own_ways_in, under_threat
from amparo.vault import factors

_YEAR = 365 * 24 * 3600


class Accounts(DefaultAccountAdapter):
    """How users come in. Accounts are given by whoever administers access, never taken."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for herself."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only addresses that begin at our own root are gone to after signing in."""
        return bool(super().is_safe_url(url)) and url.startswith("/")

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **told: Any) -> HttpResponse | None:
        """Stop whose access has ended before a second factor is asked for; her password was right, so she may know."""
        if user.is_active and not attesting.has_ended(getattr(user, "ends_on", None), timezone.localdate()):
            return None
        actions.record_sign_in(actor=Actor(name=user.get_username()), at=timezone.now(), succeeded=False)
        logout(request)
        messages.warning(
            request, _("Su acceso a Amparo terminó. Pida que lo renueven a quien lo coordina en su institución.")
        )
        return redirect("sign-in")

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """First who she is and the ledger, so that nobody is in who has no role or of whom nothing was written."""
        if isinstance(user, get_user_model()):
            actor, forced, now = actor_of(user), under_threat.was_typed(request), timezone.now()
            with transaction.atomic():
                actions.record_sign_in(actor=actor, at=now, succeeded=True)
                if forced:
                    threats.tell(actor=actor, at=now)
            super().login(request, user)
            # Whoever was signed in before on this machine took her session's marks with her.
            under_threat.begin(request, so=forced)
            # Whoever has just come in has just shown who she is.
            record_authentication(request, user, method="sign_in", reauthenticated=True)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down that somebody did not get in. Whose name was tried is not kept: it may be a mistyped password."""
        actions.record_sign_in(actor=Actor(name="unknown"), at=timezone.now(), succeeded=False)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Take a new password; the ledger has it first."""
        own_ways_in.password_changes(user)
        super().set_password(user, password)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **told: Any) -> HttpResponse:
        """Go on in the language that she reads."""
        response: HttpResponse = super().post_login(request, user, **told)
        return in_language(response, getattr(user, "language", settings.LANGUAGE_CODE))


class SecondFactors(DefaultMFAAdapter):
    """How second factors are kept."""

    def encrypt(self, text: str) -> str:
        """Sealed, because whoever reads the database must not be able to make codes."""
        return factors.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What was sealed."""
        return factors.unseal(encrypted_text)

    def _get_site_name(self) -> str:
        return "Amparo"


def in_language(response: HttpResponse, code: str) -> HttpResponse:
    """The response, with the language remembered in the browser and used from now on."""
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=_YEAR, samesite="Lax", httponly=True)
    translation.activate(code)
    return response

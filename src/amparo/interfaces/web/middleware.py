"""What holds for every page: nothing is kept by browsers, sessions end, and no page is served without a policy."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from amparo.access import threats
from amparo.access.policy import PUBLIC, SIGNED_IN, is_signed, policy_of
from amparo.access.queries import actor_of
from amparo.access.rules import attesting
from amparo.casework.actions import refusing
from amparo.interfaces import sentences
from amparo.interfaces.web import under_threat
from amparo.interfaces.web.busy import is_busy
from amparo.interfaces.web.request import language_in
from amparo.interfaces.web.views import errors
from amparo.kernel.errors import Conflict, Denied, NotFound

Handler = Callable[[HttpRequest], HttpResponse]
# What somebody needs who has no second factor yet: to add one, to change a password she was given, and to go.
_WHILE_ADDING_A_FACTOR = {
    "account", "account_change_password", "account_reauthenticate", "sign-out", "mfa_index", "mfa_activate_totp",
    "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_generate_recovery_codes",
}  # fmt: skip
_SIGNED_IN, _LAST_SEEN = "signed_in_at", "last_seen"


class PrivacyMiddleware:
    """Keeps pages out of caches and turns off what no page needs."""

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the page with the headers set."""
        response = self._get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        return response


class PolicyMiddleware:
    """Serves a page only to whom its view declares; a view that declares nothing is served to nobody.

    What the rooms refuse becomes the answer of the web: not yours and not there look the same (404), so that nobody
    learns from a refusal that a person is known.
    """

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End sessions that were left alone for too long, or have lasted long enough, then serve."""
        if request.user.is_authenticated and _is_over(request):
            logout(request)
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Compare what the view declares with who asks."""
        needed = policy_of(view)
        # What answers signed messages asks who sent them by itself, and nobody comes in there with a session.
        if needed == PUBLIC or is_signed(view):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        try:
            actor = actor_of(request.user)
        except Denied:
            return errors.forbidden(request)
        if under_threat.is_so(request):
            if not under_threat.is_served(_route(request)):
                return errors.busy(request)
            actor = threats.emptied(actor)
        request.actor = actor  # type: ignore[attr-defined]
        if needed is None or (needed != SIGNED_IN and not actor.can(needed)):
            _write_down(request, "access.role")
            return errors.forbidden(request)
        return _to_second_factor(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn what a room refuses into an answer; anything else is a fault and is handled as one."""
        if isinstance(error, Denied | NotFound):
            _write_down(request, error.code)
            if isinstance(error, NotFound):
                return errors.not_found(request)
            return errors.forbidden(request, reason=sentences.of_error(error, language_in(request)))
        if isinstance(error, Conflict):
            return errors.conflict(request)
        return errors.busy(request) if is_busy(error) else None


def _write_down(request: HttpRequest, reason: str) -> None:
    """A refusal is an entry of the ledger: who came to which page, and upon whom, by ids."""
    match, actor = request.resolver_match, getattr(request, "actor", None)
    if match is None or actor is None:
        return
    named = {name: value for name, value in match.kwargs.items() if isinstance(value, UUID)}
    refusing.refused(actor=actor, route=match.url_name or "", reason=reason, named=named, at=timezone.now())


def _route(request: HttpRequest) -> str:
    return (request.resolver_match.url_name if request.resolver_match else "") or ""


def _to_second_factor(request: HttpRequest) -> HttpResponse | None:
    """Where a second factor is required, whoever has none yet adds one before anything else."""
    route = _route(request)
    if not settings.SECOND_FACTOR_REQUIRED or route in _WHILE_ADDING_A_FACTOR or is_mfa_enabled(request.user):
        return None
    return redirect("mfa_index")


def _is_over(request: HttpRequest) -> bool:
    """Whether nothing was asked for longer than allowed, a day's work is done, or her access was until a day gone by.

    Notes the present moment otherwise.

    The cookie's own age begins anew whenever a session is written, so the hours are counted from the signing in.
    """
    if attesting.has_ended(getattr(request.user, "ends_on", None), timezone.localdate()):
        return True
    now = int(time.time())
    last = request.session.get(_LAST_SEEN, now)
    began = request.session.setdefault(_SIGNED_IN, now)
    if now - last > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
        return True
    # Written at most once a minute, so that reading pages does not write a session each time.
    if now - last >= 60 or _LAST_SEEN not in request.session:
        request.session[_LAST_SEEN] = now
    return False

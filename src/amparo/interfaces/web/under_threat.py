"""Sessions of somebody who was forced to sign in, and therefore used the password for it.

She finds her list with nobody on it, and a search that finds nobody. Every other page is too busy to answer, as any
page may be for a while. Nothing on a page tells that it is so.
"""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from amparo.access import threats

_MARK, _TYPED = "quiet", "quiet_typed"
_SERVED = frozenset({"home", "my-list", "search", "sign-out"})


class Passwords(AuthenticationBackend):  # type: ignore[misc]  # django-allauth has no types here.
    """Whoever has one of the two passwords. Which it was counts only when she is in, behind the second step."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        """The user, or none. A wrong password takes as long whatever passwords she has."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        forced = None if user else threats.user_of(credentials.get("username", ""), credentials.get("password", ""))
        if request is not None and (user or forced):
            request.session[_TYPED] = forced is not None
        return user or forced


def is_so(request: HttpRequest) -> bool:
    """Whether the session is one of these."""
    return bool(request.session.get(_MARK))


def was_typed(request: HttpRequest) -> bool:
    """Whether the password of the sign-in that goes on was the one for being forced."""
    return bool(request.session.get(_TYPED))


def begin(request: HttpRequest, *, so: bool) -> None:
    """Have a session that has just begun, or begun anew, be one of these or not; what was typed is forgotten."""
    request.session.pop(_TYPED, None)
    request.session[_MARK] = so


def is_served(route: str) -> bool:
    """Whether a page answers in such a session."""
    return route in _SERVED

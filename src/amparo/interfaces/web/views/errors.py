"""Answers for what went wrong: a plain sentence and a way back, never a trace."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from amparo.interfaces.web.busy import is_busy

_SECONDS_TO_TRY_AGAIN = 5


def forbidden(request: HttpRequest, exception: Exception | None = None, *, reason: str = "") -> HttpResponse:
    """The user may not do this; ``reason`` says why, and what she can do."""
    return render(request, "web/403.html", {"page": {"reason": reason}}, status=403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its proof that it is ours: the page waited too long, or cookies are off."""
    return render(request, "web/403_form.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page, or the user may not know that there is."""
    return render(request, "web/404.html", status=404)


def conflict(request: HttpRequest) -> HttpResponse:
    """Somebody else was faster, or it was done already."""
    return render(request, "web/409.html", status=409)


def busy(request: HttpRequest) -> HttpResponse:
    """Something long is being written, so that the reading cannot be noted and nothing is shown (law 4).

    A page that was only asked for asks again by itself; a form is never sent twice.
    """
    told = {"again": request.method == "GET", "seconds": _SECONDS_TO_TRY_AGAIN}
    answer = HttpResponse(render_to_string("web/503.html", told), status=503)
    answer.headers["Retry-After"] = str(_SECONDS_TO_TRY_AGAIN)
    return answer


def failed(request: HttpRequest) -> HttpResponse:
    """Amparo itself failed, or could not even find out who asks because something long is being written."""
    if is_busy(sys.exc_info()[1]):
        return busy(request)
    # Without what other pages know of their reader: it may be the database that does not answer.
    return HttpResponse(render_to_string("web/500.html"), status=500)

"""For how long a reviewer, who has said what for and shown who she is, may open pair after pair.

Each pair shows two identities. To be asked at every one of a hundred would teach her to answer without reading; so she
is asked once, and again when the time is up. Each pair that she opens is in the ledger all the same.
"""

from __future__ import annotations

import time
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

SECONDS = 2 * 60 * 60
"""Two hours; a session that is left alone for as long as the settings allow ends before."""
_KEPT = "judging"


def begin(request: HttpRequest, purpose: str) -> None:
    """Open the window for a purpose, from now on."""
    request.session[_KEPT] = {"purpose": purpose, "until": int(time.time()) + SECONDS}


def purpose_in(request: HttpRequest) -> str:
    """What the reviewer said it is for; empty where she did not, or her time is up."""
    kept = request.session.get(_KEPT) or {}
    return str(kept.get("purpose", "")) if int(kept.get("until", 0)) > time.time() else ""


def to_begin(request: HttpRequest) -> HttpResponse:
    """Ask first; afterwards she goes on to the page that she wanted."""
    return redirect(f"{reverse('pairs-begin')}?{urlencode({'next': request.path})}")

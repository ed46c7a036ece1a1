"""Addresses that a page is told to go on to: only ones of our own are gone to."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def local(request: HttpRequest, target: str) -> str:
    """The address if it is one of ours, nothing otherwise."""
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if allowed and target.startswith("/") else ""

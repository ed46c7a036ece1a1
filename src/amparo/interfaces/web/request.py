"""A request as the views see it: with the actor that the policy middleware put there."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from amparo.access.actors import Actor


def actor_in(request: HttpRequest) -> Actor:
    """Who is asking. Views behind a policy other than ``PUBLIC`` always have one."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def language_in(request: HttpRequest) -> str:
    """The language that the page is read in: ``es`` or ``en``."""
    return getattr(request, "LANGUAGE_CODE", "es")

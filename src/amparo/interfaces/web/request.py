"""A request as the views see it: with the actor that the policy middleware put there, and a way to answer her."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from django.contrib import messages
from django.http import HttpRequest

from amparo.access.actors import Actor
from amparo.interfaces import sentences
from amparo.kernel.errors import Conflict, Invalid


def actor_in(request: HttpRequest) -> Actor:
    """Who is asking. Views behind a policy other than ``PUBLIC`` always have one."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def language_in(request: HttpRequest) -> str:
    """The language that the page is read in: ``es`` or ``en``."""
    return getattr(request, "LANGUAGE_CODE", "es")


@contextmanager
def refusals_told(request: HttpRequest) -> Iterator[None]:
    """Do something, and tell whoever asked where it was refused; the page she comes back to shows what was said.

    What follows the act inside the block, such as saying that it is done, is left out where it was refused.
    """
    try:
        yield
    except (Conflict, Invalid) as error:
        messages.warning(request, sentences.of_error(error, language_in(request)))

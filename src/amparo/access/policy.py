"""What a view declares about who may open it. A view without a policy is never served.

A policy is one capability of the pack's roles, or ``PUBLIC`` for the few pages that everybody may see. It is written
beside the view, so that whoever reads the view reads who may use it. What institutions ask for by signed messages,
without a session, declares its capability the same way and that it is ``signed``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
SIGNED_IN = "signed_in"
_ATTRIBUTE, _SIGNED = "amparo_policy", "amparo_signed"


def policy(capability: str, *, signed: bool = False) -> Callable[[View], View]:
    """Declare the capability that a view needs, ``PUBLIC``, or ``SIGNED_IN`` for any user."""

    def declare(view: View) -> View:
        setattr(view, _ATTRIBUTE, capability)
        setattr(view, _SIGNED, signed)
        return view

    return declare


def policy_of(view: Callable[..., Any]) -> str | None:
    """What a view declares; ``None`` where it declares nothing."""
    found = getattr(view, _ATTRIBUTE, None)
    return found if isinstance(found, str) else None


def is_signed(view: Callable[..., Any]) -> bool:
    """Whether a view answers messages that their sender has signed, whoever has a session or has none."""
    return bool(getattr(view, _SIGNED, False))

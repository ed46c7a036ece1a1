"""Showing again who one is before names are shown or data leave: an unlocked machine is not the person it belongs to.

Where she has a second factor she shows that, otherwise her password. What she had asked for is done right after.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from allauth.account.decorators import reauthentication_required

View = TypeVar("View", bound=Callable[..., Any])


def step_up(view: View) -> View:
    """For a view that shows or hands out something by GET."""
    return cast(View, reauthentication_required(view))


def step_up_to_post(view: View) -> View:
    """For a view that does so only by POST."""
    return cast(View, reauthentication_required(view, allow_get=True))

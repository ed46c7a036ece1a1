"""What every template knows."""

from __future__ import annotations

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, object]:
    """The frame of a page: who is signed in and where they can go."""
    return {}

"""Single values in words, the same on every page."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language


def day(value: date) -> str:
    """A date as 3 nov 2026: Spanish writes months small, English does not."""
    return _day(value, get_language() or "es")


@lru_cache(maxsize=8192)
def _day(value: date, language: str) -> str:
    return date_format(value, "j b Y" if language.startswith("es") else "j M Y")

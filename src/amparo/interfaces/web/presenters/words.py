"""Single values in words, the same on every page."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language


def day(value: date) -> str:
    """A date as 3 nov 2026: Spanish writes months small, English does not."""
    return date_format(value, "j b Y" if (get_language() or "es").startswith("es") else "j M Y")

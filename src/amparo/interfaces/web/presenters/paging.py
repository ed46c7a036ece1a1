"""Lists of several pages: the number in the address, and the links to the pages beside it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest

from amparo.interfaces.web.viewmodels.common import Pages

_MOST_DIGITS = 5


def number_in(request: HttpRequest) -> int:
    """The page asked for; the first where nothing sensible is."""
    text = request.GET.get("p", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 1


def pages(number: int, count: int, size: int, kept: Mapping[str, str] | None = None) -> Pages:
    """Where one stands among ``count`` things, ``size`` to a page; ``kept`` is the rest of the query."""
    total = max(1, -(-count // size))
    return Pages(min(number, total), total, _to(number - 1, total, kept), _to(number + 1, total, kept))


def query(values: Mapping[str, str]) -> str:
    """A query string of whatever has a value, with its question mark."""
    return "?" + urlencode({name: value for name, value in values.items() if value})


def _to(number: int, total: int, kept: Mapping[str, str] | None) -> str:
    return "?" + urlencode({**(kept or {}), "p": number}) if 1 <= number <= total else ""

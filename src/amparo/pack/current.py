"""The pack that this installation works with, loaded once."""

from __future__ import annotations

from functools import cache

from amparo.pack import loader, location
from amparo.pack.loader import Pack


@cache
def pack() -> Pack:
    """The country pack of this installation; see :func:`amparo.pack.location.default` for where it is found."""
    return loader.load(location.default())

"""Spending less time on tidying memory while many rows come and go."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_TIMES = 100


@contextmanager
def seldom_tidied() -> Iterator[None]:
    """Look for rings of objects a hundred times less often.

    Rows hold no rings and go by themselves; looking for some among them takes a tenth to a sixth of the time of an
    import or a recomputation. What other threads of the process leave behind is still found, only later.
    """
    usual = gc.get_threshold()
    gc.set_threshold(usual[0] * _TIMES, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)

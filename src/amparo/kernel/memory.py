"""Spending less time on tidying memory while many rows come and go."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_TIMES = 100
_lock = threading.Lock()
_usual: list[tuple[int, int, int]] = []


@contextmanager
def seldom_tidied() -> Iterator[None]:
    """Look for rings of objects a hundred times less often, until the last of those who ask for it is done.

    Rows hold no rings and go by themselves; looking for some among them takes a tenth to a sixth of the time of an
    import or a recomputation. What other threads of the process leave behind is still found, only later.
    """
    with _lock:
        now = gc.get_threshold()
        _usual.append(_usual[0] if _usual else now)
        gc.set_threshold(_usual[0][0] * _TIMES, *_usual[0][1:])
    try:
        yield
    finally:
        with _lock:
            usual = _usual.pop()
            if not _usual:
                gc.set_threshold(*usual)

"""Work over several processes that share what was read before they began.

Processes are forked, so nothing is copied to them; only what they find travels back. Whoever holds threads or open
databases asks for one process, which is this one.
"""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

R = TypeVar("R")

_inherited: list[Callable[[int], Any]] = []


def over(processes: int, do: Callable[[int], R]) -> list[R]:
    """What ``do`` answers for 0, 1 … ``processes`` - 1, in that order. Where forking is unknown, one after another."""
    if processes == 1 or "fork" not in multiprocessing.get_all_start_methods():
        return [do(part) for part in range(processes)]
    _inherited.append(do)
    try:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            return pool.map(_do, range(processes), chunksize=1)
    finally:
        _inherited.pop()


def _do(part: int) -> Any:
    return _inherited[-1](part)


@contextmanager
def undisturbed() -> Iterator[None]:
    """While millions of objects are made that all stay, looking for cycles among them only costs time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

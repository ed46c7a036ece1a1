"""However many ask for it at once, and in whatever order they end, the usual tidying comes back."""

from __future__ import annotations

import gc

from amparo.kernel.memory import seldom_tidied


def test_two_that_overlap_leave_it_as_it_was() -> None:
    usual = gc.get_threshold()
    first, second = seldom_tidied(), seldom_tidied()

    first.__enter__()
    second.__enter__()
    during = gc.get_threshold()
    first.__exit__(None, None, None)
    still = gc.get_threshold()
    second.__exit__(None, None, None)

    assert during == still == (usual[0] * 100, *usual[1:])
    assert gc.get_threshold() == usual

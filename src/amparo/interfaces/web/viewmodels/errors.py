"""Pages ``web/403.html`` and ``web/404.html`` (:class:`ErrorPage`); ``web/500.html`` needs nothing at all."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """``reason`` says why in one sentence; ``reference`` is a code to read out to whoever helps; neither identifies."""

    reason: str = ""
    reference: str = ""

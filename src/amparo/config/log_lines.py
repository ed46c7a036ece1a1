"""How a line of the log is written: moment, level, where from and what; of an error only its kind and its way."""

from __future__ import annotations

import logging
from types import TracebackType

from amparo.kernel.traces import trail

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlainLines(logging.Formatter):
    """Lines without the messages of errors, which quote the values that caused them."""

    def formatException(self, ei: _Raised) -> str:  # noqa: N802
        """The kinds of the error and the lines of code it passed through."""
        return trail(ei[1]).rstrip() if ei[1] is not None else ""

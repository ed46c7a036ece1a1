"""What may be written down of an error that nobody foresaw: where it happened, never what it said."""

from __future__ import annotations

import traceback


def trail(error: BaseException) -> str:
    """The kinds of the error and of those that caused it, each with the lines of code it passed through.

    Messages are left out: a message may quote the value that caused it, and that may be somebody's name.
    """
    lines: list[str] = []
    link: BaseException | None = error
    while link is not None:
        lines.append(f"  {type(link).__module__}.{type(link).__qualname__}")
        frames = traceback.extract_tb(link.__traceback__)
        lines += [f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        link = link.__cause__ or link.__context__
    return "\n".join(lines) + "\n"

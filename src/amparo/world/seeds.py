"""The two seeds of the project, and how every random stream is derived from a seed.

Work on the engines looks at the world of ``DEVELOPMENT_SEED`` as often as it likes. Every figure that is reported
comes from ``REPORT_SEED``, which nobody looks into while tuning: a threshold or a rule that was fitted to the one
cannot have been fitted to the other, so the reported figure is not the figure of an exam whose answers were known.
"""

from __future__ import annotations

from random import Random

DEVELOPMENT_SEED = 28950
"""For looking at, tuning on and trying out. The number of the law against trafficking."""

REPORT_SEED = 1297
"""For the figures that are published. Never used while tuning."""


def stream(seed: int, *names: str | int) -> Random:
    """An independent random stream for a part of the world, named by what it is for.

    The name is text and is hashed by :class:`random.Random` itself (SHA-512), so a stream depends neither on the
    process's hash seed nor on how many numbers other parts of the world have drawn.
    """
    return Random("/".join(map(str, (seed, *names))))  # noqa: S311 (an invented world wants to be repeatable)

"""Expectation maximisation: m chances from unlabelled pairs, by Splink, on the engine that the caller chose.

========= ====================================================================================================
Module    What it offers
========= ====================================================================================================
model     ``maximise``: one training as Splink does it, on any database that Splink speaks to
duckdb    ``train``: on DuckDB, in this process's memory
spark     ``train``: on Spark, in a process of its own; ``lacking``: what must be installed for it
========= ====================================================================================================

Only levels of pairs come in, and numbers go out; nothing of any person is handed to either engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Levels = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Training:
    """Levels of unlabelled pairs, and where the search for what made them starts.

    ``u`` stays as it is, ``m`` and ``prior`` are where the search starts. Only the comparisons in ``active`` take part;
    the others are those that the pairs were selected by.
    """

    pairs: Sequence[Levels]
    active: Sequence[str]
    m: Mapping[str, Sequence[float]]
    u: Mapping[str, Sequence[float]]
    prior: float


@dataclass(frozen=True, slots=True)
class Trained:
    """For each active comparison the m chances of its levels, None where a level never occurs; the share of matches."""

    m: Mapping[str, Sequence[float | None]]
    share: float


Engine = Callable[[Sequence[Training]], list[Trained]]

"""A pair that has been weighed."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.engines.linkage.compare import Comparison
from amparo.engines.linkage.decide import Verdict


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Two records with their levels, score in bits, contradictions and verdict; ``left`` sorts before ``right``."""

    left: str
    right: str
    score: float
    contradictions: tuple[str, ...]
    verdict: Verdict
    comparison: Comparison

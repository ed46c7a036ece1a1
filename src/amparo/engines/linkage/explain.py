"""Why two records look alike or not: every piece of evidence with its weight, as codes.

The door that shows them turns codes into sentences; nothing here holds a name or a number of a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from amparo.engines.linkage.compare import Comparison
from amparo.engines.linkage.levels import CODES, level_code
from amparo.engines.linkage.weigh import Model

Direction = Literal["for", "against", "neutral"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence.

    ``field`` is a code of :data:`levels.CODES`, or ``given_rarity`` and ``surname_rarity`` for what the rarity of the
    agreeing names adds; ``level`` is the code of the level (``rare`` or ``common`` for rarity); ``weight`` is in bits.
    """

    field: str
    level: str
    weight: float
    direction: Direction


def explain(comparison: Comparison, model: Model) -> tuple[Evidence, ...]:
    """All evidence of a pair, the weightiest first; the weights add up to ``model.score(comparison)``."""
    told = [
        _evidence(code, level_code(code, level), weights[level])
        for code, level, weights in zip(CODES, comparison.levels, model.weights, strict=True)
        if level
    ]
    rarities = (("given_rarity", comparison.given_rarity), ("surname_rarity", comparison.surname_rarity))
    told.extend(_evidence(code, "rare" if bits > 0 else "common", bits) for code, bits in rarities if bits)
    return tuple(sorted(told, key=lambda each: (-abs(each.weight), each.field)))


def _evidence(code: str, level: str, weight: float) -> Evidence:
    direction: Direction = "neutral" if weight == 0 else ("for" if weight > 0 else "against")
    return Evidence(code, level, weight, direction)

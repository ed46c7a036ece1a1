"""From levels to bits: the Fellegi-Sunter model.

For each level, ``m`` is the chance of seeing it in two records of one person, ``u`` the chance in two records of
different people. A level weighs log2(m / u) bits; independent comparisons add up (Fellegi and Sunter, *A Theory for
Record Linkage*, 1969). Names that agree add their rarity: the chance that two people drawn at random bear the same
name, divided by the share of people who bear this one (term-frequency adjustment). The probability that two records
are of one person follows from the sum and the prior odds.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from amparo.engines.linkage.compare import Comparison
from amparo.engines.linkage.levels import CODES, COMPARISONS, POSITION, Event, level_count
from amparo.engines.linkage.names import Shares

FORMAT = 1
_LEAST = 1e-7
# Bits from which on an event in common supports what names say: by chance it is thirty times as rare.
_TELLING = 5.0


@dataclass(frozen=True)
class Model:
    """Chances per comparison and level, the prior, and the thresholds that were chosen for them.

    ``m`` and ``u`` hold, for each comparison, one chance per level; that of level 0 (silence) is not used. ``prior``
    is the chance that two records drawn at random are of one person. ``join`` and ``ask`` are scores in bits;
    ``slope`` and ``offset`` turn a score into log odds in bits (see :meth:`probability`). ``trusted`` are the cases of
    :data:`gate.MAYBE` that need not be asked about. ``surnames`` and ``given`` hold how common names are among the
    records trained on; ``origin`` says how the model came to be.
    """

    m: Mapping[str, tuple[float, ...]]
    u: Mapping[str, tuple[float, ...]]
    prior: float
    join: float
    ask: float
    origin: str = "shipped"
    slope: float = 1.0
    offset: float | None = None
    trusted: tuple[str, ...] = ()
    surnames: Shares | None = None
    given: Shares | None = None

    def __post_init__(self) -> None:
        for code in CODES:
            if len(self.m[code]) != level_count(code) or len(self.u[code]) != level_count(code):
                raise ValueError(f"the model does not fit the levels of {code}")

    @cached_property
    def weights(self) -> tuple[tuple[float, ...], ...]:
        """Bits per comparison and level, in the order of :data:`levels.CODES`; silence weighs 0."""
        return tuple(
            (0.0, *(_bits(m, u) for m, u in zip(self.m[code][1:], self.u[code][1:], strict=True))) for code in CODES
        )

    @cached_property
    def telling(self) -> frozenset[int]:
        """The levels of the event that point to one person by themselves, as these records have shown."""
        weights = self.weights[POSITION["event"]]
        return frozenset(level for level, bits in enumerate(weights) if level >= Event.NEAR and bits >= _TELLING)

    @cached_property
    def shares(self) -> str:
        """The shares of names as text: the same for models that learnt the same ones."""
        return repr((self.surnames, self.given))

    def score(self, comparison: Comparison) -> float:
        """The weight of all evidence in bits, without the prior. More is more likely the same person."""
        total = comparison.given_rarity + comparison.surname_rarity
        for weights, level in zip(self.weights, comparison.levels, strict=True):
            total += weights[level]
        return total

    def probability(self, score: float) -> float:
        """The chance that two records with this score are of one person.

        Evidence that is not wholly independent makes sums too sure of themselves; ``slope`` and ``offset`` correct
        that where training found how. Without them the chance follows from score and prior alone.
        """
        offset = math.log2(self.prior / (1 - self.prior)) if self.offset is None else self.offset
        bits = self.slope * score + offset
        return 1 / (1 + 2 ** -max(min(bits, 500.0), -500.0))

    def to_json(self) -> str:
        """The model as text; :meth:`from_json` reads the same model back."""
        return json.dumps(
            {
                "format": FORMAT,
                "levels": {each.code: [level.name.lower() for level in each.levels] for each in COMPARISONS},
                "m": {code: list(self.m[code]) for code in CODES},
                "u": {code: list(self.u[code]) for code in CODES},
                "prior": self.prior,
                "join": self.join,
                "ask": self.ask,
                "origin": self.origin,
                "slope": self.slope,
                "offset": self.offset,
                "trusted": list(self.trusted),
                "surnames": _shares_to_json(self.surnames),
                "given": _shares_to_json(self.given),
            },
            indent=1,
        )

    @classmethod
    def from_json(cls, text: str) -> Model:
        """Read a model; ValueError where it was made for other levels than these.

        What was never a model raises KeyError, TypeError, AttributeError or ValueError.
        """
        read = json.loads(text)
        levels = {each.code: [level.name.lower() for level in each.levels] for each in COMPARISONS}
        if read.get("format") != FORMAT or read.get("levels") != levels:
            raise ValueError("the model was made for other comparisons")
        return cls(
            m={code: tuple(map(float, read["m"][code])) for code in CODES},
            u={code: tuple(map(float, read["u"][code])) for code in CODES},
            prior=float(read["prior"]),
            join=float(read["join"]),
            ask=float(read["ask"]),
            origin=read["origin"],
            slope=float(read["slope"]),
            offset=None if read["offset"] is None else float(read["offset"]),
            trusted=tuple(read["trusted"]),
            surnames=_shares_from_json(read["surnames"]),
            given=_shares_from_json(read["given"]),
        )


def _shares_to_json(shares: Shares | None) -> dict[str, object] | None:
    if shares is None:
        return None
    return {"known": dict(sorted(shares.known.items())), "rare": shares.rare, "chance": shares.chance}


def _shares_from_json(read: dict[str, Any] | None) -> Shares | None:
    if read is None:
        return None
    return Shares(
        {name: float(share) for name, share in read["known"].items()}, float(read["rare"]), float(read["chance"])
    )


def _bits(m: float, u: float) -> float:
    return math.log2(max(m, _LEAST) / max(u, _LEAST))

"""Page ``web/chain.html`` (:class:`ChainPage`): how many people reached each step of the route, and where it breaks."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.interfaces.web.viewmodels.common import Filter, InstitutionMark, Provenance, Tile


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One step for a group of people. A count of ``None`` is hidden because it is small.

    ``base`` are those to whom the step applied; they are reached in time, reached late, still within their term
    (``pending``) or neither reached nor within it (``lost``), which add up to ``base`` where none is hidden.
    ``median_days`` from the start of the term to the step, of those who reached it.
    """

    code: str
    label: str
    responsible: str
    base: int | None
    in_time: int | None
    late: int | None
    pending: int | None
    lost: int | None
    median_days: float | None = None
    verified: bool = True
    worst: bool = False

    @property
    def reached(self) -> int | None:
        """Those who got there, in time or late; hidden where either is."""
        return None if self.in_time is None or self.late is None else self.in_time + self.late


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """The same counts for what one office owed, in steps and not in persons."""

    office: str
    institution: InstitutionMark
    owed: int | None
    in_time: int | None
    late: int | None
    pending: int | None
    lost: int | None
    median_days: float | None = None


@dataclass(frozen=True, slots=True)
class ChainPage:
    """``finding`` says in one sentence where the chain breaks; ``unreported`` names steps no registry tells of."""

    region: str
    period: str
    finding: str
    filters: tuple[Filter, ...]
    tiles: tuple[Tile, ...]
    steps: tuple[ChainStep, ...]
    offices: tuple[OfficeLine, ...]
    provenance: Provenance
    office_provenance: Provenance
    smallest_shown: int = 5
    unreported: tuple[str, ...] = ()

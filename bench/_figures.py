"""How benchmarks write a figure down."""

from __future__ import annotations

import resource

Row = dict[str, object]


def row(figure: str, people: int, value: object, unit: str, goal: str = "", **more: object) -> Row:
    """One figure of a world of so many people."""
    shown = round(value, 1) if isinstance(value, float) else value
    return {"figure": f"{figure} ({people:,} people)", "value": shown, "unit": unit, "goal": goal, **more}


def peak_megabytes() -> float:
    """The most memory that this process held at once."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

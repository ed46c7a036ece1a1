"""Which steps of the route anybody reports: silence about the others says nothing of whether they were done."""

from __future__ import annotations

from amparo.pack.model import Pack


def reported_steps(pack: Pack) -> frozenset[str]:
    """Codes of steps that at least one import layout can show to be done.

    No registry has a column for some steps, such as telling a person her rights. They are owed all the same and are
    shown so; but that nobody wrote them down is no evidence, and must neither order a list nor be counted as a break.
    """
    told = {rule.type for layouts in pack.imports.values() for layout in layouts for rule in layout.events}
    return frozenset(
        step.code
        for route in pack.routes.routes
        for step in route.steps
        if any(match.type in told for match in step.fulfilled_by)
    )

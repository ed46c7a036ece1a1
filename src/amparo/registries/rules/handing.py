"""Whose an export is: a kind of office handles only its own registry, even within one institution. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from amparo.access.actors import Actor
from amparo.pack.layouts import Layout


def is_own(actor: Actor, layout: Layout) -> bool:
    """Whether an export of this layout is of the actor's institution and, where the layout names one, kind of office.

    CEM and UPE both belong to one ministry; neither has anything to look for in the other's rows. A published table
    has no office.
    """
    if actor.institution in ("", "*"):
        return True
    same_unit = layout.office is None or not actor.unit or layout.office.unit == actor.unit
    return layout.institution == actor.institution and same_unit


def is_own_source(actor: Actor, source: str, imports: Mapping[str, Sequence[Layout]]) -> bool:
    """The same for a source by its code; nobody's where the pack knows no such source."""
    layouts = imports.get(source, ())
    return bool(layouts) and is_own(actor, layouts[0])


def own_sources(actor: Actor, imports: Iterable[Sequence[Layout]]) -> list[str]:
    """The sources whose newest layout is the actor's own."""
    return [layouts[0].source for layouts in imports if layouts and is_own(actor, layouts[0])]

"""Reads the folder ``route/`` of a pack into the engine's :class:`RouteBook`, and checks it reference by reference."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from amparo.engines.route.model import Closing, Route, RouteBook, Step
from amparo.pack.route_checks import check_routes
from amparo.pack.route_files import IndexFile, RouteFile, StepEntry
from amparo.pack.source import Folder

__all__ = ["INDEX", "STEPS", "check_routes", "load_routes"]

INDEX = "route/index.yaml"
STEPS = "route/steps.yaml"


def load_routes(folder: Folder, *, timezone: str, adult_at: int) -> RouteBook | None:
    """All routes of a pack; ``None`` where the index cannot be read. Faults go to ``folder.problems``.

    ``timezone`` is the country's name in the IANA database, ``adult_at`` the age of majority in years.
    """
    document = folder.yaml(INDEX)
    index = folder.model(document, IndexFile, document.value) if document else None
    catalogue = {entry.code: entry for entry, _ in folder.models(folder.yaml(STEPS), "steps", StepEntry)}
    files = [file for file in folder.files("route/*.yaml") if file not in (INDEX, STEPS)]
    routes = [route for file in files if (route := _route(folder, file, catalogue))]
    if index is None:
        return None
    return RouteBook(
        routes=tuple(sorted(routes, key=lambda route: (route.valid_from, route.code))),
        rescue=index.rescue,
        same_rescue_days=index.same_rescue_days,
        background=frozenset(index.background),
        closing=Closing(
            frozenset(index.closing.closes),
            frozenset(index.closing.reopens),
            tuple((name, frozenset(codes)) for name, codes in index.closing.ends_all.items()),
        ),
        stages=tuple(stage.build() for stage in index.stages),
        signals=tuple(signal.build() for signal in index.signals),
        adult_at=adult_at,
        timezone=ZoneInfo(timezone),
    )


def _route(folder: Folder, file: str, catalogue: dict[str, StepEntry]) -> Route | None:
    document = folder.yaml(file)
    written = folder.model(document, RouteFile, document.value) if document else None
    if written is None or document is None:
        return None
    steps = []
    for number, use in enumerate(written.steps):
        entry = catalogue.get(use.step)
        if entry is None:
            folder.report(file, document.line("steps", number), "route.unknown_step", code=use.step)
            continue
        steps.append(_step(use.step, entry.said() | use.said()))
    return Route(
        code=written.code,
        version=written.version,
        applies=written.applies,
        valid_from=written.valid_from,
        valid_to=written.valid_to,
        leads=tuple(lead.build() for lead in written.leads),
        steps=tuple(steps),
        article=written.article,
        label_es=written.label_es,
        label_en=written.label_en,
    )


def _step(code: str, said: dict[str, Any]) -> Step:
    return Step(code=code, **said | {"outlives": frozenset(said.get("outlives", ()))})

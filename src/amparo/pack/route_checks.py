"""Follows every reference of the route files: events, fields, codes, units, steps; and lists what is unverified."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from amparo.pack.definitions import EventType
from amparo.pack.problems import Unverified
from amparo.pack.route_files import (
    ConditionEntry,
    IndexFile,
    MatchEntry,
    RouteFile,
    StepEntry,
    StepRules,
)
from amparo.pack.source import Document, Folder, Loc

_INDEX, _STEPS = "route/index.yaml", "route/steps.yaml"
_LEAD = "lead"
_LISTS = ("starts_when", "fulfilled_by", "waived_by", "lifted_by", "stops_when")
_STAGE_LISTS = ("reached_by", "child_reached_by", "adult_reached_by")
_WORDS = ("label_es", "label_en", "todo_es", "todo_en")


def check_routes(
    folder: Folder,
    *,
    events: Mapping[str, EventType],
    units: Collection[str],
    codes: Mapping[str, Collection[str]],
) -> list[Unverified]:
    """Report every broken reference to ``folder.problems`` and return what nobody has verified.

    ``codes`` holds for each code list the codes that exist; a mapping by code serves too.
    """
    check = _Check(folder, events, units, codes)
    catalogue = check.catalogue()
    check.index()
    return check.versions(catalogue)


@dataclass(slots=True)
class _Check:
    """The pack around the routes, and where faults go."""

    folder: Folder
    events: Mapping[str, EventType]
    units: Collection[str]
    codes: Mapping[str, Collection[str]]

    def catalogue(self) -> dict[str, StepEntry]:
        """The catalogue of steps, checked."""
        document = self.folder.yaml(_STEPS)
        found: dict[str, StepEntry] = {}
        for entry, line in self.folder.models(document, "steps", StepEntry):
            if entry.code in found:
                self.folder.report(_STEPS, line, "route.repeated_step", code=entry.code)
            found[entry.code] = entry
            for name in _WORDS:
                if not getattr(entry, name):
                    self.folder.report(_STEPS, line, "pack.missing_label", code=entry.code, language=name)
        if document is not None:
            for number, code in enumerate(found):
                self.rules(found[code], document, ("steps", number))
        return found

    def index(self) -> None:
        """What goes across routes."""
        document = self.folder.yaml(_INDEX)
        index = self.folder.model(document, IndexFile, document.value) if document else None
        if index is None or document is None:
            return
        named = {"rescue": (index.rescue,), "background": index.background}
        named |= {"closing": index.closing.closes + index.closing.reopens}
        for place, types in named.items():
            self.matches([MatchEntry(event=code) for code in types], document, (place,))
        ends_all = [
            MatchEntry(event=code, where={field: values})
            for code in index.closing.closes
            for field, values in index.closing.ends_all.items()
        ]
        self.matches(ends_all, document, ("closing", "ends_all"))
        for number, stage in enumerate(index.stages):
            for name in _STAGE_LISTS:
                self.matches(getattr(stage, name), document, ("stages", number, name))
        for number, signal in enumerate(index.signals):
            self.matches(signal.begins, document, ("signals", number, "begins"))
            self.matches(signal.ends, document, ("signals", number, "ends"))

    def versions(self, catalogue: Mapping[str, StepEntry]) -> list[Unverified]:
        """Every version of the protocol."""
        unverified: list[Unverified] = []
        spans: dict[str, list[tuple[date, date | None, str]]] = {}
        used: set[str] = set()
        for file in self.folder.files("route/*.yaml"):
            document = self.folder.yaml(file) if file not in (_INDEX, _STEPS) else None
            route = self.folder.model(document, RouteFile, document.value) if document else None
            if route is None or document is None:
                continue
            spans.setdefault(route.applies, []).append((route.valid_from, route.valid_to, file))
            unverified += self.route(route, document, catalogue)
            used |= {use.step for use in route.steps}
        for code in sorted(catalogue.keys() - used):
            self.folder.report(_STEPS, 1, "route.unused_step", code=code)
        self.spans(spans)
        return unverified

    def route(self, route: RouteFile, document: Document, catalogue: Mapping[str, StepEntry]) -> Iterable[Unverified]:
        """One version: its leads, its steps, and what of them nobody has verified."""
        if route.leads[-1].applies_if:
            self.folder.report(document.file, document.line("leads"), "route.no_last_lead", code=route.code)
        for number, lead in enumerate(route.leads):
            self.unit(lead.unit, document, ("leads", number))
            self.conditions(lead.applies_if, document, ("leads", number))
        seen: set[str] = set()
        for number, use in enumerate(route.steps):
            line = document.line("steps", number)
            self.rules(use, document, ("steps", number))
            entry = catalogue.get(use.step)
            if use.step in seen:
                self.folder.report(document.file, line, "route.repeated_step", code=use.step)
            seen.add(use.step)
            if entry is None:
                self.folder.report(document.file, line, "route.unknown_step", code=use.step)
                continue
            yield from self.whole(document.file, line, entry, use)

    def whole(self, file: str, line: int, entry: StepEntry, use: StepRules) -> Iterable[Unverified]:
        """One step as catalogue and version together say it."""
        said = {name: getattr(use if name in use.model_fields_set else entry, name) for name in StepRules.model_fields}
        for name in ("responsible", "fulfilled_by", "article"):
            if not said[name]:
                self.folder.report(file, line, "route.step_without", code=entry.code, where=name)
        if not said["verified"]:
            if not (said["note_es"] and said["note_en"]):
                self.folder.report(file, line, "route.unexplained", code=entry.code)
            yield Unverified(file, line, "step", entry.code, said["note_es"])

    def spans(self, spans: Mapping[str, list[tuple[date, date | None, str]]]) -> None:
        """Versions for the same people follow one another without overlap or gap."""
        for versions in spans.values():
            versions.sort(key=lambda version: version[0])
            for (_, ends, _), (begins, _, file) in pairwise(versions):
                if ends is None or (begins - ends).days != 1:
                    self.folder.report(file, 1, "route.versions_do_not_meet", ends=ends or "…", begins=begins)

    def rules(self, rules: StepRules, document: Document, loc: Loc) -> None:
        """Everything that a step refers to."""
        for name in _LISTS:
            self.matches(getattr(rules, name), document, (*loc, name))
        self.conditions(rules.applies_if, document, (*loc, "applies_if"))
        if rules.responsible:
            self.unit(rules.responsible, document, (*loc, "responsible"))

    def conditions(self, conditions: Iterable[ConditionEntry], document: Document, loc: Loc) -> None:
        """The events that conditions name."""
        for condition in conditions:
            for match in (condition.happened, condition.not_happened):
                if match is not None:
                    self.match(match, document, loc)

    def matches(self, matches: Iterable[MatchEntry], document: Document, loc: Loc) -> None:
        """A list of matches."""
        for number, match in enumerate(matches):
            self.match(match, document, (*loc, number))

    def match(self, match: MatchEntry, document: Document, loc: Loc) -> None:
        """One match: its event, the fields it asks for, their codes, and the units that must be able to write it."""
        line = document.line(*loc)
        event = self.events.get(match.event)
        if event is None:
            self.folder.report(document.file, line, "pack.unknown_event", code=match.event)
            return
        for name, values in match.where.items():
            self.field(event, name, values, (document.file, line))
        for unit in match.by:
            self.unit(unit, document, loc)
            if unit not in event.written_by and "*" not in event.written_by:
                self.folder.report(document.file, line, "route.may_not_write", unit=unit, code=match.event)

    def field(self, event: EventType, name: str, values: Iterable[str], place: tuple[str, int]) -> None:
        """One field of an event and the codes that a match wants in it."""
        field = event.field(name)
        if field is None:
            self.folder.report(*place, "route.unknown_field", code=event.code, field=name)
            return
        for value in values:
            if field.list and value not in self.codes.get(field.list, ()):
                self.folder.report(*place, "pack.unknown_code", list=field.list, code=value)

    def unit(self, unit: str, document: Document, loc: Loc) -> None:
        """A unit, or the word for whoever leads."""
        if unit != _LEAD and unit not in self.units:
            self.folder.report(document.file, document.line(*loc), "pack.unknown_unit", code=unit)

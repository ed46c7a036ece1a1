"""A loaded country pack: everything in it by code, immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from amparo.engines.linkage.names import NameTables
from amparo.engines.route.model import RouteBook
from amparo.kernel.working_days import Calendar
from amparo.pack.codes import CodeList
from amparo.pack.definitions import (
    EventType,
    Holiday,
    Institution,
    Manifest,
    Office,
    Retention,
    Role,
    Series,
    ShareLevel,
    Sharing,
    Unit,
)
from amparo.pack.layouts import Layout
from amparo.pack.names import NameLists
from amparo.pack.places import Places, fold
from amparo.pack.rights import Rights


@dataclass(frozen=True, slots=True)
class Pack:
    """What a country is to Amparo.

    Every mapping is from code to definition in the order of the files. ``codes[list][code]`` also holds three lists
    made from the pack itself: ``institucion``, ``unidad`` and ``dependencia``. ``holidays`` is the calendar of
    working days; ``names`` are the tables that linkage takes and ``name_lists`` the same as written; ``imports`` holds
    for each source its layouts, newest first; ``routes`` is an empty book only in a pack whose route cannot be read.
    Where ``retention`` is empty, everything is kept.
    """

    manifest: Manifest
    institutions: Mapping[str, Institution]
    units: Mapping[str, Unit]
    offices: Mapping[str, Office]
    roles: Mapping[str, Role]
    sharing: Mapping[str, Sharing]
    codes: Mapping[str, CodeList]
    events: Mapping[str, EventType]
    series: Mapping[str, Series]
    holiday_rules: tuple[Holiday, ...]
    holidays: Calendar
    name_lists: NameLists
    places: Places
    htcds: Mapping[str, frozenset[str]]
    names: NameTables
    routes: RouteBook = field(default_factory=lambda: RouteBook(()))
    imports: Mapping[str, tuple[Layout, ...]] = field(default_factory=dict)
    retention: Mapping[str, Retention] = field(default_factory=dict)
    rights: Rights = field(default_factory=Rights)

    def label(self, list_name: str, code: str, language: str = "es") -> str:
        """The label of a code of a list; an unknown list or code reads as the code."""
        found = self.codes.get(list_name)
        return found.label(code, language) if found else code

    def share(self, event_type: str, unit: str) -> ShareLevel:
        """How much of an event of a type a unit sees that did not write it: nothing, that it happened, or its fields.

        An unknown type is shared with nobody.
        """
        found = self.events.get(event_type)
        return self.sharing[found.sharing].level(unit) if found and found.sharing in self.sharing else "none"

    def may_write(self, event_type: str, unit: str) -> bool:
        """Whether people of a unit may write an event of a type."""
        found = self.events.get(event_type)
        return found is not None and (unit in found.written_by or "*" in found.written_by)

    def offices_of(self, unit: str, *, department: str = "") -> list[Office]:
        """Offices of a unit, those that cover a department first of all where one is named (its two digits)."""
        offices = [office for office in self.offices.values() if office.unit == unit]
        return [office for office in offices if not department or department in office.departments]

    def office_named(self, written: str, *, institution: str = "") -> Office | None:
        """The office that an institution means by a name, however it is spelled; None for none or several."""
        wanted = fold(written)
        found = [
            office
            for office in self.offices.values()
            if institution in {"", office.institution} and wanted in map(fold, (office.name, office.code, *office.also))
        ]
        return found[0] if len(found) == 1 else None

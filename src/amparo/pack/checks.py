"""Follows every reference of a pack and says what is broken, with file and line, and what nobody has verified."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from amparo.pack import layout_files
from amparo.pack.codes import CodeList
from amparo.pack.definitions import Entry, EventType, Labelled, Office
from amparo.pack.loader import Lines, read
from amparo.pack.model import Pack
from amparo.pack.name_checks import check_names
from amparo.pack.place_checks import check_places
from amparo.pack.problems import Problem, Unverified
from amparo.pack.rights_checks import check_rights, rights_of
from amparo.pack.routes import check_routes
from amparo.pack.source import Folder

_LANGUAGES = ("es", "en")
ANY = "*"
# Records that were opened in Amparo itself come from no institution's file.
OWN_SOURCE = "amparo"
_KIND_FIELD = "org_Type"


class Report(NamedTuple):
    """What ``check`` found. A pack without problems can be trusted to load; unverified things are shown as such."""

    problems: tuple[Problem, ...]
    unverified: tuple[Unverified, ...]


def check(path: Path) -> Report:
    """Read the pack in a folder and follow everything in it. Nothing is raised for a broken pack."""
    folder = Folder(path)
    pack, lines = read(folder)
    if pack is None:
        return Report(tuple(sorted(folder.problems)), ())
    unverified = _check(folder, pack, lines)
    # Routes and layouts are read once to build the pack and once more to be checked: the same fault counts once.
    unique = {(p.file, p.line, p.code, tuple(sorted(p.params.items()))): p for p in folder.problems}
    return Report(tuple(sorted(unique.values())), tuple(sorted(unverified)))


def _check(folder: Folder, pack: Pack, lines: Lines) -> list[Unverified]:
    check = _Check(folder, pack, lines)
    check.labels()
    check.units()
    check.offices()
    check.roles()
    check.sharing()
    check.events()
    check.series()
    check.retention()
    for code_list in pack.codes.values():
        check.code_list(code_list)
    check_places(folder, pack)
    check_names(folder, pack)
    check_rights(folder, pack, lines)
    layouts = layout_files.read_layouts(folder)
    folder.problems.extend(layout_files.check_layouts(layouts, pack, folder.path))
    _check_writers(folder, pack, layouts)
    steps = check_routes(folder, events=pack.events, units=pack.units, codes=pack.codes)
    return [*check.unverified(), *steps, *layout_files.unverified(layouts)]


def _check_writers(folder: Folder, pack: Pack, layouts: Iterable[layout_files.ReadLayout]) -> None:
    """A layout may only say that a unit did what people of that unit may write."""
    for read_layout in layouts:
        layout, document = read_layout.layout, read_layout.document
        for number, rule in enumerate(layout.events):
            unit = rule.unit or (layout.office.unit if layout.office else "")
            if unit and rule.type in pack.events and not pack.may_write(rule.type, unit):
                line = document.line("events", number)
                folder.report(document.file, line, "layout.may_not_write", unit=unit, code=rule.type)


@dataclass(slots=True)
class _Check:
    """One walk over the parts of a pack; faults go to the folder."""

    folder: Folder
    pack: Pack
    lines: Lines

    def report(self, kind: str, owner: str, code: str, /, **params: str) -> None:
        """Note a fault at the line of an entry."""
        file, line = self.lines.get((kind, owner), ("pack.yaml", 1))
        self.folder.report(file, line, code, **params)

    def known(self, kind: str, owner: str, codes: Iterable[str], among: Collection[str], fault: str) -> None:
        """Report each code that is not among those that exist."""
        for code in codes:
            if code not in among:
                self.report(kind, owner, fault, code=code)

    def labels(self) -> None:
        """Every entry has its words in both languages."""
        parts: dict[str, Mapping[str, Labelled]] = {
            "institutions": self.pack.institutions,
            "units": self.pack.units,
            "roles": self.pack.roles,
            "sharing": self.pack.sharing,
            "events": self.pack.events,
            "series": self.pack.series,
            "retention": self.pack.retention,
            "holidays": {item.code: item for item in self.pack.holiday_rules},
            **rights_of(self.pack),
            "lists": {name: item.info for name, item in self.pack.codes.items() if item.file},
        }
        for kind, entries in parts.items():
            for entry in entries.values():
                for language in _missing_languages(entry):
                    self.report(kind, entry.code, "pack.missing_label", code=entry.code, language=language)

    def units(self) -> None:
        """Units belong to institutions that exist."""
        for unit in self.pack.units.values():
            self.known("units", unit.code, unit.institutions, self.pack.institutions, "pack.unknown_institution")
        kinds = self.pack.htcds.get(_KIND_FIELD, frozenset())
        for institution in self.pack.institutions.values():
            if institution.kind and institution.kind not in kinds:
                params = {"value": institution.kind, "field": _KIND_FIELD}
                self.report("institutions", institution.code, "pack.unknown_htcds", **params)

    def offices(self) -> None:
        """Offices belong to units of their institution and lie in districts that exist; shelters say no district."""
        departments = self.pack.places.departments()
        for office in self.pack.offices.values():
            self._owner(office)
            self.known("offices", office.code, office.departments, departments, "pack.unknown_department")
            if office.district and office.district not in self.pack.places.districts:
                self.report("offices", office.code, "pack.unknown_district", code=office.district)
            if _is_reversed(office.valid_from, office.valid_to):
                self.report("offices", office.code, "pack.reversed_validity", code=office.code)

    def _owner(self, office: Office) -> None:
        unit = self.pack.units.get(office.unit)
        if office.institution not in self.pack.institutions:
            self.report("offices", office.code, "pack.unknown_institution", code=office.institution)
        if unit is None:
            self.report("offices", office.code, "pack.unknown_unit", code=office.unit)
        elif office.institution not in unit.institutions:
            params = {"unit": office.unit, "institution": office.institution}
            self.report("offices", office.code, "pack.unit_not_of_institution", **params)
        if unit and unit.shelter and office.district:
            self.report("offices", office.code, "pack.shelter_with_place", code=office.code)

    def roles(self) -> None:
        """Roles belong to institutions and units that exist."""
        for role in self.pack.roles.values():
            if role.institution != ANY and role.institution not in self.pack.institutions:
                self.report("roles", role.code, "pack.unknown_institution", code=role.institution)
            self.known("roles", role.code, role.units, self.pack.units, "pack.unknown_unit")

    def sharing(self) -> None:
        """Rules of sharing name units that exist."""
        for rule in self.pack.sharing.values():
            self.known("sharing", rule.code, (*rule.fact, *rule.fields), {*self.pack.units, ANY}, "pack.unknown_unit")

    def events(self) -> None:
        """Types of events name units, rules of sharing and code lists that exist."""
        for event in self.pack.events.values():
            self.known("events", event.code, event.written_by, {*self.pack.units, ANY}, "pack.unknown_unit")
            if event.sharing not in self.pack.sharing:
                self.report("events", event.code, "pack.unknown_sharing", code=event.sharing)
            self._fields(event)

    def _fields(self, event: EventType) -> None:
        seen: set[str] = set()
        for field in event.fields:
            if field.code in seen:
                self.report("events", event.code, "pack.duplicate_code", code=field.code, first="?")
            seen.add(field.code)
            if field.list and field.list not in self.pack.codes:
                self.report("events", event.code, "pack.unknown_code_list", code=field.list)
            if field.reserves and field.reserves not in self.pack.codes.get(field.list, {}):
                self.report("events", event.code, "pack.unknown_code", list=field.list, code=field.reserves)
            if field.kind == "code" and not field.list:
                self.report("events", event.code, "pack.code_list_missing", field=field.code)
            for language in _missing_languages(field):
                self.report("events", event.code, "pack.missing_label", code=field.code, language=language)

    def series(self) -> None:
        """Series name institutions, units of count and code lists that exist, and codes that their lists have."""
        units = self.pack.codes.get("unidad_conteo", ())
        for series in self.pack.series.values():
            self.known("series", series.code, [series.institution], self.pack.institutions, "pack.unknown_institution")
            if series.unit_of_count not in units:
                self.report("series", series.code, "pack.unknown_code", list="unidad_conteo", code=series.unit_of_count)
            for part in series.breakdowns:
                self._parts(series.code, part.list, [item.code for item in part.parts if item.code])
            sources, events = [each.source for each in series.beside], [each.event for each in series.beside]
            self.known("series", series.code, sources, self.pack.imports, "pack.unknown_source")
            self.known("series", series.code, events, self.pack.events, "pack.unknown_event")

    def retention(self) -> None:
        """Rules of retention name sources that exist, and no source twice for one kind of data."""
        named: dict[tuple[str, str], str] = {}
        for rule in self.pack.retention.values():
            self.known("retention", rule.code, rule.sources, {*self.pack.imports, OWN_SOURCE}, "pack.unknown_source")
            for source in rule.sources or ("",):
                other = named.setdefault((rule.kind, source), rule.code)
                if other != rule.code:
                    self.report("retention", rule.code, "pack.retention_twice", code=other)

    def _parts(self, series: str, list_name: str, codes: list[str]) -> None:
        if list_name and list_name not in self.pack.codes:
            self.report("series", series, "pack.unknown_code_list", code=list_name)
            return
        for code in codes:
            if code not in self.pack.codes.get(list_name, {}):
                self.report("series", series, "pack.unknown_code", list=list_name, code=code)

    def code_list(self, codes: CodeList) -> None:
        """A list keeps *not informed* and *not applicable* apart, and its codes are whole."""
        manifest = self.pack.manifest
        if codes.info.answers:
            for code in (manifest.not_informed, manifest.not_applicable):
                if code not in codes:
                    self.folder.report(codes.file, 1, "pack.no_answer_codes", list=codes.info.code, code=code)
        if codes.info.htcds and codes.info.htcds not in self.pack.htcds:
            self.report("lists", codes.info.code, "pack.unknown_htcds_field", field=codes.info.htcds)
        for code in codes if codes.file else ():
            self._code(codes, code)

    def _code(self, codes: CodeList, code: str) -> None:
        item = codes[code]
        for language in _LANGUAGES:
            if not getattr(item, f"label_{language}"):
                self.folder.report(codes.file, item.line, "pack.missing_label", code=code, language=language)
        if _is_reversed(item.valid_from, item.valid_to):
            self.folder.report(codes.file, item.line, "pack.reversed_validity", code=code)
        if item.parent and item.parent not in codes:
            self.folder.report(codes.file, item.line, "pack.unknown_code", list=codes.info.code, code=item.parent)
        if _is_in_cycle(codes, code):
            self.folder.report(codes.file, item.line, "pack.cycle", code=code)
        values = self.pack.htcds.get(codes.info.htcds)
        for value in item.htcds if values else ():
            if value not in (values or ()):
                self.folder.report(codes.file, item.line, "pack.unknown_htcds", value=value, field=codes.info.htcds)

    def unverified(self) -> Iterable[Unverified]:
        """Everything that is marked ``verified: false``."""
        yield from self._unverified_entries()
        for codes in self.pack.codes.values():
            for code in codes.values():
                if not code.verified:
                    yield Unverified(codes.file, code.line, "code", f"{codes.info.code}/{code.code}", code.source)
        for district in self.pack.places.districts.values():
            if not district.verified:
                yield Unverified("places/districts.csv", district.line, "district", district.code, district.source)
        for place in self.pack.places.sub_places.values():
            if not place.verified:
                yield Unverified("places/sub_places.csv", place.line, "place", place.code, place.source)

    def _unverified_entries(self) -> Iterable[Unverified]:
        parts: dict[str, Iterable[Entry]] = {
            "institutions": self.pack.institutions.values(),
            "units": self.pack.units.values(),
            "offices": self.pack.offices.values(),
            "roles": self.pack.roles.values(),
            "sharing": self.pack.sharing.values(),
            "events": self.pack.events.values(),
            "series": self.pack.series.values(),
            "retention": self.pack.retention.values(),
            "holidays": self.pack.holiday_rules,
            **{kind: entries.values() for kind, entries in rights_of(self.pack).items()},
        }
        for kind, entries in parts.items():
            for entry in entries:
                if not entry.verified:
                    file, line = self.lines[(kind, entry.code)]
                    yield Unverified(file, line, kind, entry.code, entry.source)


def _missing_languages(entry: Labelled) -> list[str]:
    return [language for language in _LANGUAGES if not getattr(entry, f"label_{language}")]


def _is_reversed(begins: date | None, ends: date | None) -> bool:
    return begins is not None and ends is not None and ends < begins


def _is_in_cycle(codes: CodeList, code: str) -> bool:
    """Whether going up from a code comes back to it."""
    at, seen = codes[code].parent, set[str]()
    while at in codes and at not in seen:
        if at == code:
            return True
        seen.add(at)
        at = codes[at].parent
    return False

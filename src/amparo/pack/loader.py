"""Reads the folder of a country pack into a :class:`Pack`. It reads and types; ``checks`` follows the references."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from amparo.engines.route.model import RouteBook
from amparo.kernel.working_days import Calendar, HolidayRule
from amparo.pack.codes import Code, CodeList, CodeListInfo, read_codes
from amparo.pack.definitions import (
    Entry,
    EventType,
    Holiday,
    Institution,
    Manifest,
    Office,
    Retention,
    Role,
    Series,
    Sharing,
    Unit,
)
from amparo.pack.layout_files import by_source, read_layouts
from amparo.pack.model import Pack
from amparo.pack.names import read_names
from amparo.pack.place_files import read_places
from amparo.pack.problems import BrokenPack
from amparo.pack.rights import Basis, ConsentTerms, Rights, Term, Withheld
from amparo.pack.routes import load_routes
from amparo.pack.source import Folder

__all__ = ["Lines", "Pack", "load", "read"]

E = TypeVar("E", bound=Entry)
# Where each entry was written: (kind, code) to (file, line).
Lines = dict[tuple[str, str], tuple[str, int]]

_MANIFEST = "pack.yaml"
_RIGHTS = "rights.yaml"


def load(path: Path) -> Pack:
    """The pack in a folder. Raises :class:`BrokenPack` where a file cannot be read or typed.

    References between files are not followed here: a pack that ``checks.check`` accepts needs no second look.
    """
    folder = Folder(path)
    pack, _ = read(folder)
    if pack is None or folder.problems:
        raise BrokenPack(folder.problems)
    return pack


def read(folder: Folder) -> tuple[Pack | None, Lines]:
    """The pack as far as it can be read, its faults in ``folder.problems``, and the line of every entry.

    None where there is no usable manifest.
    """
    document = folder.yaml(_MANIFEST)
    manifest = folder.model(document, Manifest, document.value) if document else None
    if manifest is None:
        return None, {}
    lines: Lines = {("manifest", manifest.code): (_MANIFEST, 1)}
    institutions = _entries(folder, "institutions.yaml", "institutions", Institution, lines)
    units = _entries(folder, "institutions.yaml", "units", Unit, lines)
    offices = _many(folder, "offices/*.yaml", "offices", Office, lines)
    holidays = tuple(_entries(folder, "holidays.yaml", "holidays", Holiday, lines).values())
    names = read_names(folder)
    pack = Pack(
        manifest=manifest,
        institutions=institutions,
        units=units,
        offices=offices,
        roles=_entries(folder, "roles.yaml", "roles", Role, lines),
        sharing=_entries(folder, "sharing.yaml", "sharing", Sharing, lines),
        codes=_code_lists(folder, lines) | _own_lists(institutions, units, offices),
        events=_many(folder, "events/*.yaml", "events", EventType, lines),
        series=_entries(folder, "series.yaml", "series", Series, lines),
        holiday_rules=holidays,
        holidays=Calendar(_holiday_rules(folder, holidays, lines)),
        name_lists=names,
        names=names.tables(),
        places=read_places(folder, manifest.place_systems),
        htcds=_htcds(folder),
        routes=load_routes(folder, timezone=manifest.timezone, adult_at=manifest.adult_at) or RouteBook(()),
        imports=by_source(read_layouts(folder)),
        retention=_many(folder, "retention.yaml", "retention", Retention, lines),
        rights=_rights(folder, lines),
    )
    return pack, lines


def _rights(folder: Folder, lines: Lines) -> Rights:
    """What the law gives the person; a pack without the file gives nothing and shares with nobody but by consent."""
    if not folder.files(_RIGHTS):
        return Rights()
    return Rights(
        bases=_entries(folder, _RIGHTS, "bases", Basis, lines),
        requests=_entries(folder, _RIGHTS, "requests", Term, lines),
        terms=_entries(folder, _RIGHTS, "terms", Term, lines),
        consents=_entries(folder, _RIGHTS, "consents", ConsentTerms, lines),
        withheld=_entries(folder, _RIGHTS, "withheld", Withheld, lines),
    )


def _many(folder: Folder, pattern: str, key: str, model: type[E], lines: Lines) -> dict[str, E]:
    found: dict[str, E] = {}
    for file in folder.files(pattern):
        found |= _entries(folder, file, key, model, lines)
    return found


def _entries(folder: Folder, file: str, key: str, model: type[E], lines: Lines) -> dict[str, E]:
    """Entries of one list by code. One whose code was already taken, here or in another file, is reported."""
    found: dict[str, E] = {}
    for entry, line in folder.models(folder.yaml(file), key, model):
        place = lines.get((key, entry.code))
        if place is not None:
            folder.report(file, line, "pack.duplicate_code", code=entry.code, first=place[1])
            continue
        lines[(key, entry.code)] = (file, line)
        found[entry.code] = entry
    return found


def _code_lists(folder: Folder, lines: Lines) -> dict[str, CodeList]:
    described = _entries(folder, "codes/lists.yaml", "lists", CodeListInfo, lines)
    lists = {}
    for file in folder.files("codes/*.csv"):
        name = Path(file).stem
        if name not in described:
            folder.report(file, 1, "pack.unlisted_code_list", code=name)
        info = described.get(name) or CodeListInfo(code=name, label_es=name, label_en=name)
        lists[name] = CodeList(info, file, read_codes(folder, file))
    return lists


def _own_lists(
    institutions: Mapping[str, Institution], units: Mapping[str, Unit], offices: Mapping[str, Office]
) -> dict[str, CodeList]:
    """Lists that need no file: a field of an event may name an institution, a unit or an office."""
    named = {office.code: (office.name, office.name) for office in offices.values()}
    labels = {
        "institucion": {item.code: (item.label_es, item.label_en) for item in institutions.values()},
        "unidad": {item.code: (item.label_es, item.label_en) for item in units.values()},
        "dependencia": named,
    }
    return {
        name: CodeList(
            CodeListInfo(code=name, label_es=name, label_en=name, answers=False),
            "",
            {code: Code(code, es, en) for code, (es, en) in codes.items()},
        )
        for name, codes in labels.items()
    }


def _holiday_rules(folder: Folder, holidays: tuple[Holiday, ...], lines: Lines) -> list[HolidayRule]:
    rules = []
    for item in holidays:
        try:
            rules.append(
                HolidayRule(
                    item.label_es, item.month, item.day, item.easter_offset, item.valid_from_year, item.valid_to_year
                )
            )
        except ValueError:
            file, line = lines[("holidays", item.code)]
            folder.report(file, line, "pack.bad_holiday", code=item.code)
    return rules


def _htcds(folder: Folder) -> dict[str, frozenset[str]]:
    """Values of the picklists of the international case standard, by field."""
    document = folder.yaml("standards/htcds.yaml")
    fields = document.value.get("fields") if document and isinstance(document.value, dict) else None
    return {field: frozenset(values or ()) for field, values in (fields or {}).items()}

"""Reads ``places/districts.csv`` and ``places/sub_places.csv``."""

from __future__ import annotations

from amparo.pack.codes import read_day
from amparo.pack.places import District, Places, SubPlace
from amparo.pack.source import CsvRow, Folder

DISTRICTS = "places/districts.csv"
SUB_PLACES = "places/sub_places.csv"


def read_places(folder: Folder, systems: tuple[str, ...]) -> Places:
    """The places of a pack. Every district needs a code in the first system and may lack the others."""
    return Places(systems, _districts(folder, systems), _sub_places(folder))


def _districts(folder: Folder, systems: tuple[str, ...]) -> dict[str, District]:
    columns = (*systems, "department", "province", "name", "capital", "latitude", "longitude", "population")
    found: dict[str, District] = {}
    seen: dict[tuple[str, str], int] = {}
    for row in folder.csv(DISTRICTS, columns):
        codes = {system: row[system] for system in systems if row[system]}
        if not row[systems[0]]:
            folder.report(row.file, row.line, "pack.missing_value", where=systems[0])
            continue
        if _is_repeated(folder, row, codes, seen):
            continue
        district = _district(folder, row, codes, systems)
        found[district.code] = district
    return found


def _is_repeated(folder: Folder, row: CsvRow, codes: dict[str, str], seen: dict[tuple[str, str], int]) -> bool:
    for pair in codes.items():
        if pair in seen:
            folder.report(row.file, row.line, "pack.duplicate_code", code=pair[1], first=seen[pair])
            return True
        seen[pair] = row.line
    return False


def _district(folder: Folder, row: CsvRow, codes: dict[str, str], systems: tuple[str, ...]) -> District:
    return District(
        code=codes[systems[0]],
        codes=codes,
        department=row["department"],
        province=row["province"],
        name=row["name"],
        capital=row["capital"],
        also=_several(row["also"]),
        latitude=_number(folder, row, "latitude"),
        longitude=_number(folder, row, "longitude"),
        population=int(row["population"]) if row["population"].isdigit() else None,
        valid_from=read_day(folder, row, "valid_from"),
        valid_to=read_day(folder, row, "valid_to"),
        verified=row["verified"] != "false",
        source=row["source"],
        line=row.line,
    )


def _sub_places(folder: Folder) -> dict[str, SubPlace]:
    found: dict[str, SubPlace] = {}
    for row in folder.csv(SUB_PLACES, ("code", "name", "district", "kind", "verified", "source")):
        if (first := found.get(row["code"])) is not None:
            folder.report(row.file, row.line, "pack.duplicate_code", code=row["code"], first=first.line)
            continue
        found[row["code"]] = _sub_place(folder, row)
    return found


def _sub_place(folder: Folder, row: CsvRow) -> SubPlace:
    return SubPlace(
        code=row["code"],
        name=row["name"],
        district=row["district"],
        kind=row["kind"],
        also=_several(row["also"]),
        also_in=_several(row["also_in"]),
        latitude=_number(folder, row, "latitude"),
        longitude=_number(folder, row, "longitude"),
        verified=row["verified"] != "false",
        source=row["source"],
        line=row.line,
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _number(folder: Folder, row: CsvRow, column: str) -> float | None:
    try:
        return float(row[column]) if row[column] else None
    except ValueError:
        folder.report(row.file, row.line, "pack.bad_number", value=row[column])
        return None

"""What becomes of the rows of files that are otherwise as the invented world writes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from amparo.world import dni
from amparo.world.misspell import without_accents
from amparo.world.persons import Person

Cells = dict[str, str]
Row = tuple[Cells, Person]
_NAMES = ("nombres", "ap_paterno", "ap_materno")


def each(change: Callable[[Cells, Random], Cells]) -> Callable[[list[Row], Random], list[Row]]:
    return lambda rows, rng: [({**cells, **change(cells, rng)}, person) for cells, person in rows]


def one_institution(change: Callable[[Cells, Random], Cells], of: str) -> Callable[[list[Row], Random], list[Row]]:
    return each(lambda cells, rng: change(cells, rng) if cells["record_id"].startswith(of) else {})


def blank(*columns: str) -> Callable[[list[Row], Random], list[Row]]:
    return each(lambda cells, rng: dict.fromkeys(columns, ""))


def without(*columns: str) -> Callable[[list[Row], Random], list[Row]]:
    return lambda rows, rng: [
        ({name: value for name, value in cells.items() if name not in columns}, person) for cells, person in rows
    ]


def upper(cells: Cells, _: Random) -> Cells:
    return {name: without_accents(cells[name], keep_enye=False).upper() for name in (*_NAMES, "alias")}


def mojibake(cells: Cells, _: Random) -> Cells:
    return {name: cells[name].encode("utf-8").decode("cp1252", errors="replace") for name in _NAMES}


def question_marks(cells: Cells, _: Random) -> Cells:
    return {name: "".join(sign if sign.isascii() else "?" for sign in cells[name]) for name in _NAMES}


def one_cell(cells: Cells, _: Random) -> Cells:
    surnames = f"{cells['ap_paterno']} {cells['ap_materno']}".strip()
    return {"nombres": f"{surnames} {cells['nombres']}".strip(), "ap_paterno": "", "ap_materno": ""}


def one_cell_given_first(cells: Cells, _: Random) -> Cells:
    whole = f"{cells['nombres']} {cells['ap_paterno']} {cells['ap_materno']}"
    return {"nombres": " ".join(whole.split()), "ap_paterno": "", "ap_materno": ""}


def surnames_in_one_cell(cells: Cells, _: Random) -> Cells:
    return {"ap_paterno": f"{cells['ap_paterno']} {cells['ap_materno']}".strip(), "ap_materno": ""}


def exchanged(cells: Cells, _: Random) -> Cells:
    return {"nombres": cells["ap_paterno"], "ap_paterno": cells["nombres"]}


def only_ages(cells: Cells, rng: Random) -> Cells:
    age = cells["edad"]
    born = cells["fecha_nac"]
    if not age and born and cells["fecha_registro"]:
        age = str(max(int(cells["fecha_registro"][:4]) - int(born[:4]), 0))
    return {"fecha_nac": "", "edad": age}


def ages_off(cells: Cells, rng: Random) -> Cells:
    told = only_ages(cells, rng)
    if not told["edad"]:
        return told
    return {**told, "edad": str(max(int(told["edad"]) + rng.choice((-2, -1, 0, 0, 1, 2)), 0))}


def swapped_birth(cells: Cells, rng: Random) -> Cells:
    year, _, rest = cells["fecha_nac"].partition("-")
    month, _, day = rest.partition("-")
    swap = day and int(day) <= 12 and rng.random() < 0.5
    return {"fecha_nac": f"{year}-{day}-{month}"} if swap else {}


def numbers_as_typed(cells: Cells, rng: Random) -> Cells:
    number = cells["num_doc"]
    if cells["tipo_doc"] not in {"DNI", "CUI"} or not number.isdigit() or len(number) != 8:
        return {}
    ways = (
        number.lstrip("0"),
        f"{number}-{dni.check_digit(number)}",
        f"{number}{dni.check_digit(number)}",
        f"{number[:2]}.{number[2:5]}.{number[5:]}",
        f"DNI {number}",
        f"{number}.0",
    )
    return {"num_doc": rng.choice(ways)}


def no_kind(cells: Cells, _: Random) -> Cells:
    return {"tipo_doc": ""}


def some_blank(cells: Cells, rng: Random) -> Cells:
    kept = {"record_id", "institucion", *_NAMES}
    return {name: "" for name in cells if name not in kept and rng.random() < 0.3}


def big_raid(cells: Cells, _: Random) -> Cells:
    return {"fecha_hecho": "2024-08-14", "ubigeo_hecho": "170103"}


def few_raids(rows: list[Row], rng: Random) -> list[Row]:
    """Everybody was rescued in one of forty raids, each on one day in one place."""
    del rng
    return [({**cells, **raid_of(cells)}, person) for cells, person in rows]


def raid_of(cells: Cells) -> Cells:
    day = cells["fecha_hecho"]
    raid = date.fromisoformat(day).toordinal() // 60 if day else 0
    return {"fecha_hecho": date.fromordinal(raid * 60).isoformat(), "ubigeo_hecho": "170103"} if raid else {}


def event_by_institution(cells: Cells, rng: Random) -> Cells:
    """Each institution writes another day for the same facts, up to ten days off, some in the region's capital."""
    told = cells["fecha_hecho"]
    day = date.fromisoformat(told) + timedelta(days=rng.randrange(-10, 11)) if told else None
    place = cells["ubigeo_hecho"][:2] + "0101" if rng.random() < 0.3 else cells["ubigeo_hecho"]
    return {"fecha_hecho": day.isoformat() if day else "", "ubigeo_hecho": place}


def more_institutions(cells: Cells, rng: Random) -> Cells:
    return {"institucion": f"{cells['institucion']}-{cells['ubigeo_hecho'][:2]}"}


def no_institution(cells: Cells, _: Random) -> Cells:
    return {"institucion": ""}


def thinned(rows: list[Row], rng: Random) -> list[Row]:
    """Most people are in one file only."""
    return [row for row in rows if rng.random() < 0.45]


def slashes(cells: Cells, _: Random) -> Cells:
    told: Cells = {}
    for name in ("fecha_nac", "fecha_registro", "fecha_hecho"):
        year, _, rest = cells[name].partition("-")
        told[name] = f"{rest[3:]}/{rest[:2]}/{year}" if rest else ""
    return told

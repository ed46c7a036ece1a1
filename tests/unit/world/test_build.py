"""The built world: the same to the byte every time, in the promised formats, with a truth about every row."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from amparo.world import files, truth
from amparo.world.build import build
from amparo.world.registers import cem, mp, pnp, upe
from amparo.world.registers.book import SOURCES
from amparo.world.seeds import DEVELOPMENT_SEED

TODAY = date(2026, 11, 23)
VICES = {
    "abbreviated", "alias_as_name", "by_ear", "by_hand", "day_month_swapped", "document_added", "estimated_age",
    "false_document", "first_name_only", "first_of_january", "guardians_document", "initials", "leading_zeros_eaten",
    "name_corrected", "native_name_as_given", "nickname", "no_accents", "no_age", "no_document", "no_second_surname",
    "no_sex", "nobody", "particle_dropped", "particle_joined", "second_name_only", "swapped_surnames",
    "told_to_be_of_age", "transposed_digits", "wrong_digit", "wrong_sex", "wrong_year",
}  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    return folder, build(folder, people=500, seed=DEVELOPMENT_SEED, today=TODAY)


def prints(folder: Path) -> dict[str, str]:
    """A hash of every file, by path."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows_of(folder: Path, turn: str, source: str) -> dict[str, tuple]:
    """Every row with a key, by that key in the form of the truth, read with libraries that the world does not use."""
    path = folder / "exports" / turn / files.NAMES[source]
    readers = {"pnp-reta": _police, "mp": _prosecutors, "mimp-cem": _centres, "mimp-upe": _children, "calp": _calp}
    pairs = list(readers[source](path))
    found = {key: row for key, row in pairs if key}
    assert len(found) == sum(1 for key, _ in pairs if key), "a key occurs twice"
    return found


def _lines(path, encoding, separator):
    with path.open(encoding=encoding, newline="") as handle:
        return list(csv.DictReader(handle, delimiter=separator))


def _police(path):
    for row in _lines(path, "cp1252", ";"):
        yield row["NRO_REGISTRO"], tuple(row.values())


def _children(path):
    for row in _lines(path, "utf-8-sig", ","):
        yield row["EXPEDIENTE"], tuple(row.values())


def _sheet(path, sheet, skip, columns):
    book = load_workbook(path, read_only=True)
    rows = list(book[sheet].iter_rows(values_only=True))
    book.close()
    assert rows[skip][: len(columns)] == columns
    return [dict(zip(columns, row, strict=False)) for row in rows[skip + 1 :]]


def _prosecutors(path):
    carpeta = ""
    for row in _sheet(path, "Agraviados", 3, mp.COLUMNS):
        carpeta = row["CARPETA_FISCAL"] or carpeta
        yield f"{carpeta}|{row['ITEM']}" if row["ITEM"] else "", tuple(row.values())[1:]


def _centres(path):
    for row in _sheet(path, "Casos", 0, cem.COLUMNS):
        key = (row["CEM"], row["FECHA_INGRESO"].year, row["N_FICHA"], row["LETRA"])
        yield _capitals("|".join(map(str, key))) if row["N_FICHA"] else "", tuple(row.values())


def _calp(path):
    for sheet in json.loads(path.read_text(encoding="utf-8"))["fichas"]:
        yield sheet["codigo"], (json.dumps(sheet),)


def _capitals(text):
    return text.upper().translate(str.maketrans("ÁÉÍÓÚÑ", "AEIOUN"))


def test_the_same_arguments_give_the_same_bytes(world, tmp_path):
    build(tmp_path, people=500, seed=DEVELOPMENT_SEED, today=TODAY)

    assert prints(tmp_path) == prints(world[0])
    assert len(prints(tmp_path)) == 12


@pytest.mark.parametrize("hash_seed", ["0", "4242"])
def test_another_process_with_another_hash_seed_gives_the_same_bytes(world, tmp_path, hash_seed):
    program = (
        "import sys, datetime, pathlib; from amparo.world.build import build;"
        f"build(pathlib.Path(sys.argv[1]), people=500, seed={DEVELOPMENT_SEED}, today=datetime.date(2026, 11, 23))"
    )
    source = Path(__file__).parents[3] / "src"
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(source), "TZ": "Asia/Tokyo"}

    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, env=environment)

    assert prints(tmp_path) == prints(world[0])


def test_another_seed_gives_other_rows(world, tmp_path):
    build(tmp_path, people=100, seed=DEVELOPMENT_SEED + 1, today=TODAY)

    assert not set(prints(tmp_path).values()) & set(prints(world[0]).values())


def test_five_hundred_people_show_every_vice(world):
    assert set(world[1].vices) == VICES


@pytest.mark.parametrize("source", SOURCES)
def test_the_truth_covers_every_key_of_both_extractions(world, source):
    folder, _ = world
    told = {key for of, key in truth.read_truth(folder / "truth.csv") if of == source}

    assert set(rows_of(folder, "2", source)) == told
    assert set(rows_of(folder, "1", source)) <= told


@pytest.mark.parametrize("source", SOURCES)
def test_the_later_extraction_holds_the_earlier_one_with_rows_added_and_some_changed(world, source):
    folder, summary = world
    earlier, later = (rows_of(folder, turn, source) for turn in ("1", "2"))
    changed = sum(earlier[key] != later[key] for key in earlier)

    assert set(earlier) < set(later)
    assert 0 < changed <= summary.changed[source]
    assert changed < len(earlier) / 2


def test_the_polices_file_is_windows_1252_with_semicolons_crlf_and_renecs_districts(world):
    path = world[0] / "exports" / "2" / "pnp-reta.csv"
    raw = path.read_bytes()
    text = raw.decode("cp1252")

    assert text.split("\r\n")[0].split(";") == list(pnp.COLUMNS)
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert "Ñ".encode("cp1252") in raw
    places = {row["UBIGEO_HECHO"] for row in _lines(path, "cp1252", ";")}
    assert {"160102", "150101"} <= places
    assert "170102" not in places


def test_the_upes_file_is_utf_8_with_a_mark_and_iso_dates(world):
    raw = (world[0] / "exports" / "2" / "mimp-upe.csv").read_bytes()

    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").split("\r\n")[0].split(",") == list(upe.COLUMNS)
    assert all(len(row["FECHA_APERTURA"]) == 10 and row["FECHA_APERTURA"][4] == "-" for row in _lines(
        world[0] / "exports" / "2" / "mimp-upe.csv", "utf-8-sig", ","))  # fmt: skip


def test_the_prosecutors_workbook_has_titles_above_and_shows_a_carpeta_once(world):
    sheet = load_workbook(world[0] / "exports" / "2" / "mp.xlsx")["Agraviados"]
    carpetas = [row[0].value for row in sheet.iter_rows(min_row=5, max_col=1)]

    assert len(sheet.merged_cells.ranges) == 3
    assert "MINISTERIO PÚBLICO" in sheet["A1"].value
    assert any(carpeta is None for carpeta in carpetas)
    shown = [carpeta for carpeta in carpetas if carpeta]
    assert len(shown) == len(set(shown))


def test_the_cems_workbook_keeps_births_as_dates_and_has_eaten_zeros(world):
    rows = _sheet(world[0] / "exports" / "2" / "mimp-cem.xlsx", "Casos", 0, cem.COLUMNS)
    numbers = [row["NUM_DOC"] for row in rows if row["TIPO_DOC"] == "DNI"]

    assert any(isinstance(row["FECHA_NAC"], datetime) for row in rows)
    assert all(isinstance(number, int) for number in numbers)
    assert {row["SEXO"] for row in rows} <= {"Mujer", "Hombre", None}
    assert {row["CONDICION"] for row in rows} <= {1, 2, 3, 4, 5, 9}


def test_an_earlier_file_of_the_same_person_is_referred_to(world):
    rows = _sheet(world[0] / "exports" / "2" / "mimp-cem.xlsx", "Casos", 0, cem.COLUMNS)
    known = {(row["CEM"], row["FECHA_INGRESO"].year, f"{row['N_FICHA']}-{row['LETRA']}") for row in rows}
    referring = [(r["CEM_ANTERIOR"], r["ANIO_ANTERIOR"], r["FICHA_ANTERIOR"]) for r in rows if r["USUARIO_ANTES"] == 1]

    assert referring
    assert set(referring) <= known


def test_a_few_rows_of_each_file_are_to_be_set_aside_and_impossible_dates_are_repaired_later(world):
    _, summary = world

    assert summary.spoiled["1"]["impossible_date"] > 0
    assert "impossible_date" not in summary.spoiled["2"]
    for turn in ("1", "2"):
        assert summary.spoiled[turn]["missing_key"] >= 3
        assert summary.spoiled[turn]["unknown_word"] >= 3
        assert sum(summary.spoiled[turn].values()) < 0.05 * sum(summary.rows[turn].values())


def test_nothing_is_dated_after_its_extraction(world):
    folder, summary = world
    for turn, day in summary.extractions.items():
        for row in _lines(folder / "exports" / turn / "mimp-upe.csv", "utf-8-sig", ","):
            dates = [value for name, value in row.items() if name.startswith("FECHA_") and value]
            assert max(dates) <= day


def test_remarks_tell_names_and_telephones_now_and_then(world):
    remarks = [row["OBSERVACIONES"] for row in _lines(world[0] / "exports/2/pnp-reta.csv", "cp1252", ";")]

    assert any("AL 9" in remark or "CEL 9" in remark or "CELULAR 9" in remark for remark in remarks)
    assert Counter(bool(remark) for remark in remarks)[False] > len(remarks) / 3


def test_a_guardians_document_stands_on_a_childs_row(world):
    rows = _lines(world[0] / "exports" / "2" / "mimp-upe.csv", "utf-8-sig", ",")

    assert any(row["DNI_ADULTO"] and row["DNI_ADULTO"] == row["NUM_DOC"] for row in rows)


def test_the_summary_on_disk_is_the_summary_returned(world):
    folder, summary = world
    written = json.loads((folder / "world.json").read_text(encoding="utf-8"))

    assert written["rows"] == summary.rows
    assert written["people"] == 500
    assert 0 < written["people_in_no_register"] < 100

"""Each planted error is reported once, with its file and line, and the shipped pack has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from amparo.pack import checks, location
from amparo.pack.problems import SENTENCES
from tests.unit.pack.broken import copy_of_pack, found, plant

SMALL = "places/sub_places.csv"
PLANTED = [
    ("pack.unknown_code_list", "events/1-deteccion.yaml", "list: via_denuncia", "list: via_de_otro"),
    ("pack.unknown_unit", "events/2-derivacion.yaml", "written_by: [udavit]", "written_by: [udavita]"),
    ("pack.unknown_sharing", "events/6-reintegracion.yaml", "sharing: propio", "sharing: ajeno"),
    ("pack.unknown_unit", "sharing.yaml", "fields: [fiscalia, juzgado]", "fields: [fiscalias, juzgado]"),
    ("pack.unknown_unit", "roles.yaml", "units: [calp]", "units: [culp]"),
    ("pack.unknown_institution", "roles.yaml", "institution: chs", "institution: csh"),
    ("pack.unknown_institution", "institutions.yaml", "institutions: [minjusdh]", "institutions: [minjus]"),
    ("pack.unknown_institution", "series.yaml", "institution: mininter", "institution: minister"),
    ("pack.unknown_code", "series.yaml", "code: MEN}", "code: MENX}"),
    ("pack.unknown_source", "series.yaml", "source: pnp-reta,", "source: pnp-retta,"),
    ("pack.unknown_event", "series.yaml", "event: denuncia}", "event: denunzia}"),
    ("pack.unknown_district", "offices/chs.yaml", 'district: "160101"', 'district: "169901"'),
    ("pack.unknown_department", "offices/acogida.yaml", 'departments: ["17"]', 'departments: ["71"]'),
    ("pack.shelter_with_place", "offices/acogida.yaml", "name: ", 'district: "160101", name: '),
    ("pack.unit_not_of_institution", "offices/chs.yaml", "institution: chs", "institution: pnp"),
    ("pack.missing_label", "events/1-deteccion.yaml", 'label_en: "Rescue plan"', 'label_en: ""'),
    ("pack.missing_label", "codes/sexo.csv", "Femenino,Female", "Femenino,"),
    ("pack.unknown_htcds", "codes/sexo.csv", "Female,Feminine", "Female,Femenina"),
    ("pack.bad_date", "codes/delito.csv", "2021-03-31,,true", "31/03/2021,,true"),
    ("pack.reversed_validity", "codes/delito.csv", "2021-03-31,,true", "2021-03-31,2020-01-01,true"),
    ("pack.bad_date", "pack.yaml", "valid_from: 2016-05-12", "valid_from: 12 de mayo"),
    ("pack.duplicate_code", "offices/mimp.yaml", "code: mimp-cem-punchana", "code: mimp-cem-iquitos"),
    ("pack.duplicate_code", "codes/sexo.csv", "M,Masculino", "F,Masculino"),
    ("pack.duplicate_code", SMALL, "lp-delta2,", "lp-delta1,"),
    ("pack.unknown_district", SMALL, "Mazuko,170102", "Mazuko,179902"),
    ("pack.place_is_district", SMALL, "lp-mazuko", "170104"),
    ("pack.unknown_code", SMALL, "170204,ZONA_MINERA", "170204,ZONA_LUNAR"),
    ("pack.bad_number", SMALL, "-13.10", "trece"),
    ("pack.duplicate_code", "places/districts.csv", "160102,150102", "160102,150101"),
    ("pack.unknown_key", "roles.yaml", "scope: own_region", "sea: own_region\n    scope: own_region"),
    ("pack.duplicate_key", "roles.yaml", "scope: own_region", "scope: own_region\n    scope: own_region"),
    ("pack.syntax", "sharing.yaml", "fact: [cem, calp, car, hrt, iml]", "fact: [cem, calp"),
    ("pack.bad_holiday", "holidays.yaml", "easter_offset: -3", "month: 4"),
    ("pack.cells", "codes/turno.csv", "1,Mañana,Morning", "1,Mañana,Morning,"),
    ("pack.unknown_event", "route/index.yaml", "rescue: rescate", "rescue: rescates"),
    ("pack.unknown_unit", "route/steps.yaml", "responsible: fiscalia", "responsible: fiscalias"),
    ("pack.duplicate_code", "names/surnames.csv", "Flores,", "Quispe,"),
    ("pack.unknown_department", "names/surnames_by_region.csv", "\n16,", "\n61,"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of_pack(tmp_path)


@pytest.mark.parametrize(("code", "file", "old", "new"), PLANTED, ids=lambda value: str(value)[:40])
def test_a_planted_error_is_reported_with_file_and_line(folder: Path, code: str, file: str, old: str, new: str) -> None:
    line = plant(folder, file, old, new)
    # A replacement that begins or goes on with a new line stands one line further down.
    lines = {line, line + 1, line + 2} if "\n" in old + new or code == "pack.syntax" else _entry_of(folder, file, line)

    reported = [problem for problem in found(folder, code) if problem.file == file]

    assert reported, f"{code} was not reported"
    assert any(problem.line in lines for problem in reported), [problem.line for problem in reported]


def _entry_of(folder: Path, file: str, line: int) -> set[int]:
    """The lines from the start of the entry that holds a line: a reference is reported where its entry begins."""
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    first = line
    while file.endswith(".yaml") and first > 1 and not lines[first - 1].startswith("  - "):
        first -= 1
    return set(range(first, line + 1))


def test_a_code_that_is_part_of_itself_is_reported(folder: Path) -> None:
    plant(folder, "codes/finalidad.csv", "art. 129-A,,", "art. 129-A,ES.LOCAL,")

    assert {problem.params["code"] for problem in found(folder, "pack.cycle")} == {"ES", "ES.LOCAL"}


def test_a_list_that_forgets_not_informed_is_reported(folder: Path) -> None:
    plant(folder, "codes/turno.csv", "\nNI,", "\nXX,")

    assert [problem.params["list"] for problem in found(folder, "pack.no_answer_codes")] == ["turno"]


def test_a_file_without_its_list_is_reported(folder: Path) -> None:
    (folder / "codes" / "nueva.csv").write_text((folder / "codes" / "turno.csv").read_text("utf-8"), "utf-8")

    assert [problem.file for problem in found(folder, "pack.unlisted_code_list")] == ["codes/nueva.csv"]


def test_a_layout_may_not_say_that_a_unit_did_what_it_may_not_write(folder: Path) -> None:
    plant(folder, "events/4-asistencia.yaml", "written_by: [calp]", "written_by: [cem]")

    reported = found(folder, "layout.may_not_write")

    assert [(problem.params["unit"], problem.params["code"]) for problem in reported] == [("calp", "apertura_calp")]
    assert reported[0].file.startswith("imports/calp/")


def test_a_missing_file_is_reported_and_nothing_is_raised(folder: Path) -> None:
    (folder / "sharing.yaml").unlink()

    assert [problem.file for problem in found(folder, "pack.missing_file")] == ["sharing.yaml"]


def test_a_folder_without_a_manifest_is_no_pack(tmp_path: Path) -> None:
    problems, unverified = checks.check(tmp_path)

    assert [problem.file for problem in problems] == ["pack.yaml"]
    assert unverified == ()


def test_the_shipped_pack_has_no_problem() -> None:
    report = checks.check(location.default({}))

    assert [problem.sentence("en") for problem in report.problems] == []


def test_what_nobody_has_verified_is_listed_with_its_line() -> None:
    report = checks.check(location.default({}))
    kinds = {item.kind for item in report.unverified}

    assert {"code", "offices", "sharing", "place", "holidays", "step", "import"} <= kinds
    assert all(item.line >= 1 and item.file for item in report.unverified)


def test_every_fault_has_a_sentence_in_both_languages(folder: Path) -> None:
    for code, (spanish, english) in SENTENCES.items():
        assert spanish, code
        assert english, code

    plant(folder, "roles.yaml", "units: [calp]", "units: [culp]")
    problem = found(folder, "pack.unknown_unit")[0]

    assert problem.sentence().startswith("roles.yaml:")
    assert "culp" in problem.sentence("en")

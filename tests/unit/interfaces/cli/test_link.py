"""``amparo link``: plain files in any dress go in, numbers of records come out, and wrong input is answered clearly."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from amparo.engines.linkage.em import spark
from amparo.interfaces.cli import main as cli
from amparo.interfaces.cli.commands import link as command

HEADER = (
    "record_id,institucion,fecha_registro,nombres,ap_paterno,ap_materno,alias,sexo,fecha_nac,edad,tipo_doc,num_doc,"
    "nacionalidad,ubigeo_origen,fecha_hecho,ubigeo_hecho"
)
ROWS = (
    "a1,pnp,2024-03-02,MARÍA ELENA,QUISPE,DE LA CRUZ,,F,2007-04-09,,DNI,71234568,PER,160101,2024-03-01,170103",
    "a2,pnp,2024-03-02,ROSA,TORRES,ROJAS,,F,,16,,,PER,160101,2024-03-01,170103",
    "a3,pnp,2024-03-05,ANA LUZ,TAMANI,PACAYA,,F,1999-10-30,,DNI,45678912,PER,160302,2024-03-01,170103",
)
OTHERS = (
    "b1,mimp,2024-03-08,Maria Elena,Kispe,Cruz,,Mujer,09/04/2007,,DNI,71234568,PER,160101,2024-03-01,170103",
    "b2,mimp,2024-03-08,Percy,Ahuanari,Ñahui,,Hombre,,30,,,PER,160101,2020-01-01,080101",
)


@pytest.fixture(autouse=True)
def spanish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPARO_LANG", "es")


def write(
    path: Path, rows: tuple[str, ...], *, header: str = HEADER, separator: str = ",", code: str = "utf-8"
) -> Path:
    path.write_text("\r\n".join((header, *rows, "")).replace(",", separator), encoding=code, newline="")
    return path


def link(folder: Path, *more: str) -> int:
    return cli.main(["link", *more, "--out", str(folder / "clusters.csv"), "--pairs", str(folder / "pairs.csv")])


def clusters(folder: Path) -> dict[str, str]:
    with (folder / "clusters.csv").open(encoding="utf-8", newline="") as file:
        return {row["record_id"]: row["cluster_id"] for row in csv.DictReader(file)}


def pairs(folder: Path) -> list[dict[str, str]]:
    with (folder / "pairs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_one_woman_in_two_files_is_one_cluster_and_everybody_is_listed(tmp_path: Path) -> None:
    a, b = write(tmp_path / "a.csv", ROWS), write(tmp_path / "b.csv", OTHERS)

    assert link(tmp_path, str(a), str(b)) == 0

    found = clusters(tmp_path)
    assert list(found) == ["a1", "a2", "a3", "b1", "b2"]
    assert found["a1"] == found["b1"]
    assert len(set(found.values())) == 4
    (pair,) = [pair for pair in pairs(tmp_path) if pair["verdict"] == "join"]
    assert (pair["record_id_l"], pair["record_id_r"]) == ("a1", "b1")
    assert float(pair["score"]) > 0


@pytest.mark.parametrize(("separator", "code"), [(";", "cp1252"), ("\t", "utf-8-sig"), ("|", "utf-16"), (",", "utf-8")])
def test_separator_and_encoding_make_no_difference(tmp_path: Path, separator: str, code: str) -> None:
    a = write(tmp_path / "a.csv", ROWS, separator=separator, code=code)
    b = write(tmp_path / "b.csv", OTHERS)

    assert link(tmp_path, str(a), str(b)) == 0
    assert clusters(tmp_path)["a1"] == clusters(tmp_path)["b1"]


def test_columns_may_come_in_any_order_and_some_be_absent(tmp_path: Path) -> None:
    rows = ("71234568,Maria Elena,b1,QUISPE,09/04/2007",)
    a = write(tmp_path / "a.csv", ROWS)
    b = write(tmp_path / "b.csv", rows, header="num_doc,Nombres,RECORD_ID,ap_paterno,fecha_nac")

    assert link(tmp_path, str(a), str(b)) == 0
    assert clusters(tmp_path)["a1"] == clusters(tmp_path)["b1"]


def test_a_row_without_a_number_is_set_aside_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a = write(tmp_path / "a.csv", (*ROWS, OTHERS[0].replace("b1", "")))

    assert link(tmp_path, str(a)) == 1

    said = capsys.readouterr()
    assert "a.csv, fila 5: apartada" in said.err
    assert "KISPE" not in (said.out + said.err).upper()


def test_what_cannot_be_read_is_taken_as_empty_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a = write(tmp_path / "a.csv", (ROWS[0].replace("2007-04-09", "31/02/2007"), *ROWS[1:]))

    assert link(tmp_path, str(a), "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert told["unread"] == {"fecha_nac": 1}
    assert told["records"] == 3


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "está vacío"),
        (b"nombre,apellido\nMaria,Quispe\n", "no tiene la columna record_id"),
        (b"record_id,edad\n1,16\n", "ninguna columna con qué comparar"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, sentence: str
) -> None:
    (tmp_path / "a.csv").write_bytes(content)

    assert link(tmp_path, str(tmp_path / "a.csv")) == 3
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "clusters.csv").exists()


def test_a_number_that_comes_twice_is_refused_with_both_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = write(tmp_path / "a.csv", ROWS), write(tmp_path / "b.csv", (OTHERS[0].replace("b1", "a3"),))

    assert link(tmp_path, str(a), str(b)) == 3
    assert "la fila 2 de b.csv ya apareció en la fila 4 de a.csv" in capsys.readouterr().err


def test_a_missing_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert link(tmp_path, str(tmp_path / "nowhere.csv")) == 3
    assert "No se pudo leer" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("lacking", "language", "sentence"),
    [
        ("pyspark", "es", "./amparo install spark"),
        ("pyspark", "en", "pip install 'amparo[spark]'"),
        ("java", "es", "apt install default-jre-headless"),
        ("java", "en", "needs Java 17 or newer"),
    ],
)
def test_what_spark_lacks_is_said_with_the_way_to_install_it_before_anything_is_read(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    lacking: str,
    language: str,
    sentence: str,
) -> None:
    monkeypatch.setenv("AMPARO_LANG", language)
    monkeypatch.setattr(spark, "lacking", lambda: lacking)

    assert link(tmp_path, str(tmp_path / "nowhere.csv"), "--engine", "spark") == 3
    assert sentence in capsys.readouterr().err


def test_files_of_encodings_are_not_for_spark(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark, "lacking", lambda: None)
    secret = str(tmp_path / "secret")

    assert link(tmp_path, str(write(tmp_path / "a.csv", ROWS)), "--secret-file", secret, "--engine", "spark") == 2
    assert "sin --engine spark" in capsys.readouterr().err


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    a = write(tmp_path / "a.csv", ROWS)

    assert cli.main(["link", str(a), "--out", str(a)]) == 2
    assert a.read_text(encoding="utf-8").startswith("record_id,")


def test_the_order_of_rows_and_files_changes_no_cluster(tmp_path: Path) -> None:
    rows = list((*ROWS, *OTHERS))
    random.Random(3).shuffle(rows)
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()

    link(tmp_path / "one", str(write(tmp_path / "a.csv", ROWS)), str(write(tmp_path / "b.csv", OTHERS)))
    link(tmp_path / "two", str(write(tmp_path / "c.csv", tuple(rows))))

    assert clusters(tmp_path / "one") == clusters(tmp_path / "two")
    assert (tmp_path / "one" / "pairs.csv").read_bytes() == (tmp_path / "two" / "pairs.csv").read_bytes()


def test_who_waits_for_many_records_is_told_what_is_being_done_and_nobody_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_MANY", 3)
    several, few = write(tmp_path / "a.csv", ROWS), write(tmp_path / "b.csv", OTHERS)

    assert link(tmp_path, str(several)) == 0
    told = capsys.readouterr().err.splitlines()
    assert link(tmp_path, str(few)) == 0
    untold = capsys.readouterr().err

    assert [line.split()[0] for line in told[:3]] == ["3", "Comparando…", "Agrupando"]
    assert not any(word in "".join(told).upper() for word in ("QUISPE", "71234568"))
    assert "Comparando" not in untold


def test_linking_needs_no_django(tmp_path: Path) -> None:
    a = write(tmp_path / "a.csv", ROWS)
    code = (
        "import sys; from amparo.interfaces.cli.main import main; "
        "done = main(sys.argv[1:]); sys.exit(9 if 'django' in sys.modules else done)"
    )

    command = [sys.executable, "-c", code, "link", str(a), "--out", str(tmp_path / "clusters.csv")]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0

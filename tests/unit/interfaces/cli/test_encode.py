"""``amparo encode``: names stay, encodings go; the secret is kept well and never shown."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from amparo.interfaces.cli import main as cli
from tests.unit.interfaces.cli.test_link import OTHERS, ROWS, clusters, link, write


@pytest.fixture(autouse=True)
def spanish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPARO_LANG", "es")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    return new_secret(tmp_path / "secreto")


def new_secret(path: Path) -> Path:
    assert cli.main(["encode", "--new-secret", str(path)]) == 0
    return path


def encode(file: Path, secret: Path) -> int:
    return cli.main(["encode", str(file), "--out", str(file.with_suffix(".enc")), "--secret-file", str(secret)])


def encoded(file: Path, secret: Path) -> str:
    assert encode(file, secret) == 0
    return str(file.with_suffix(".enc"))


def test_encoded_files_are_linked_and_plain_ones_meet_them_with_the_secret(tmp_path: Path, secret: Path) -> None:
    a, b = write(tmp_path / "a.csv", ROWS), write(tmp_path / "b.csv", OTHERS)
    one, other = encoded(a, secret), encoded(b, secret)

    assert link(tmp_path, one, other) == 0
    of_encodings = clusters(tmp_path), (tmp_path / "pairs.csv").read_bytes()
    assert link(tmp_path, one, str(b), "--secret-file", str(secret)) == 0

    assert (clusters(tmp_path), (tmp_path / "pairs.csv").read_bytes()) == of_encodings
    assert clusters(tmp_path)["a1"] == clusters(tmp_path)["b1"]
    assert len(set(clusters(tmp_path).values())) == 4


def test_nothing_identifying_and_nothing_secret_is_written_or_said(
    tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a = write(tmp_path / "a.csv", ROWS)

    written = Path(encoded(a, secret)).read_text(encoding="utf-8")
    said = "".join(capsys.readouterr())

    for canary in ("QUISPE", "MAR", "71234568", secret.read_text().strip()[-64:]):
        assert canary not in written.upper()
        assert canary not in said
    # So few digits also occur inside an encoding by chance, one file in ten: only a word of its own would be hers.
    for canary in ("2007", "160101"):
        assert canary not in re.findall(r"\w+", written + said)
    with Path(a.with_suffix(".enc")).open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file))[:3] == ["record_id", "institucion", "fecha_registro"]


def test_one_secret_gives_one_file(tmp_path: Path, secret: Path) -> None:
    a = write(tmp_path / "a.csv", ROWS)
    first = Path(encoded(a, secret)).read_bytes()

    assert Path(encoded(a, secret)).read_bytes() == first


def test_rows_that_would_tell_or_say_nothing_are_set_aside_with_a_reason(
    tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    telling = ROWS[0].replace("a1,", "71234568,", 1)
    a = write(tmp_path / "a.csv", (telling, "a9,pnp" + "," * 14, "," * 15 + "x", ROWS[1]))

    assert encode(a, secret) == 1

    said = capsys.readouterr().err
    assert "fila 2: apartada, su record_id contiene" in said
    assert "fila 3: apartada, no hay en ella nada que codificar" in said
    assert "fila 4: apartada, no tiene record_id" in said
    assert "71234568" not in said


def test_a_secret_that_others_can_read_is_refused(
    tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret.chmod(0o644)

    assert encode(write(tmp_path / "a.csv", ROWS), secret) == 3
    assert "chmod 600" in capsys.readouterr().err


def test_a_chosen_password_is_refused_and_not_repeated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = tmp_path / "secreto"
    chosen.write_text("iquitos2024")
    chosen.chmod(0o600)

    assert encode(write(tmp_path / "a.csv", ROWS), chosen) == 3
    said = capsys.readouterr().err
    assert "--new-secret" in said
    assert "iquitos2024" not in said


def test_a_new_secret_is_closed_and_never_overwrites_one(tmp_path: Path, secret: Path) -> None:
    before = secret.read_bytes()

    assert cli.main(["encode", "--new-secret", str(secret)]) == 3
    assert secret.read_bytes() == before
    assert secret.stat().st_mode & 0o077 == 0


def test_files_of_two_secrets_are_refused(tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = new_secret(tmp_path / "otro")
    one = encoded(write(tmp_path / "a.csv", ROWS), secret)
    two = encoded(write(tmp_path / "b.csv", OTHERS), other)

    assert link(tmp_path, one, two) == 3
    assert "secretos distintos" in capsys.readouterr().err
    assert not (tmp_path / "clusters.csv").exists()


def test_names_do_not_meet_encodings_without_the_secret(
    tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = encoded(write(tmp_path / "a.csv", ROWS), secret)

    assert link(tmp_path, one, str(write(tmp_path / "b.csv", OTHERS))) == 2
    assert "--secret-file" in capsys.readouterr().err


def test_a_changed_cell_is_set_aside(tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = Path(encoded(write(tmp_path / "a.csv", ROWS), secret))
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1][:-4]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert link(tmp_path, str(file)) == 1
    assert "fila 2, columna c_hecho_cerca" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["a.csv"], ["a.csv", "--out", "b.csv"]])
def test_what_is_lacking_is_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["encode", *arguments]) == 2
    assert "--secret-file" in capsys.readouterr().err


def test_a_file_with_nothing_to_encode_and_one_encoded_already_are_refused(
    tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "e.csv"
    empty.write_text("record_id,institucion\n1,pnp\n", encoding="utf-8")

    assert encode(empty, secret) == 3
    assert encode(Path(encoded(write(tmp_path / "a.csv", ROWS), secret)).rename(tmp_path / "x.csv"), secret) == 3
    assert "ya está codificado" in capsys.readouterr().err

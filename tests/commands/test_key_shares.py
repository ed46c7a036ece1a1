"""The root key on sheets and back, on the command line: typed with slips, from files, and refused in words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(folder: Path, *words: object, typed: str = "") -> tuple[int, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_"))}
    own = {"AMPARO_DATA": str(folder), "AMPARO_LANG": "es", "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "amparo.interfaces.cli", "keys", *map(str, words)]
    done = subprocess.run(command, env=kept | own, input=typed, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_"))}
    setup = [sys.executable, "-m", "amparo.interfaces.cli", "setup", "--data", str(folder)]
    subprocess.run(setup, env={**kept, "PYTHONPATH": str(ROOT / "src")}, check=True, capture_output=True)
    assert run(folder, "split", "--to", folder / "sheets")[0] == 0
    return folder


def sheet(installation: Path, number: int) -> Path:
    return installation / "sheets" / f"amparo-{number}-5.txt"


def share(installation: Path, number: int) -> str:
    return sheet(installation, number).read_text().split("\n\n")[1]


def test_sheets_are_for_whoever_made_them_and_give_the_key_back(installation: Path, tmp_path: Path) -> None:
    sheets = [sheet(installation, number) for number in (5, 1, 3)]
    assert {file.stat().st_mode & 0o777 for file in (installation / "sheets").iterdir()} == {0o600}

    # Where they are put together there need be no installation.
    code, said = run(tmp_path / "elsewhere", "join", *sheets, "--out", tmp_path / "root.key")

    assert code == 0, said
    assert (tmp_path / "root.key").read_bytes() == (installation / "keys" / "root.key").read_bytes()
    assert (tmp_path / "root.key").stat().st_mode & 0o777 == 0o600


def test_shares_are_typed_and_a_slip_is_asked_for_again(installation: Path, tmp_path: Path) -> None:
    wrong = "Q" + share(installation, 2)[1:]
    typed = "\n\n".join([wrong, share(installation, 2).lower(), *(share(installation, n) for n in (2, 4, 5))])

    code, said = run(tmp_path, "join", "--out", tmp_path / "root.key", typed=typed)

    assert (code, said.count("Esa no:"), "Van 3 de 3" in said) == (0, 1, True)
    assert (tmp_path / "root.key").read_bytes() == (installation / "keys" / "root.key").read_bytes()


def test_what_does_not_do_is_refused_in_words_and_nothing_is_made(installation: Path, tmp_path: Path) -> None:
    out, noise = ("--out", tmp_path / "root.key"), tmp_path / "noise"
    noise.write_bytes(bytes(range(256)))
    for words, answer in {
        ("join", sheet(installation, 1), sheet(installation, 2), *out): "hacen falta 3",
        ("join", sheet(installation, 1), noise, *out): "letra equivocada",
        ("join", tmp_path / "missing", *out): "No se pudo leer",
        ("join", *out): "Hay 0 partes",
        ("split", "--to", installation / "sheets"): "ya existe",
        ("split", "--to", tmp_path / "new", "--needed", "9"): "entre 2 y 16",
    }.items():
        code, said = run(installation, *words)
        assert (code, answer in said) == (3, True), said
    assert not (tmp_path / "root.key").exists()
    assert not (tmp_path / "new").exists()

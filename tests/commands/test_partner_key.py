"""The keys of institutions' machines on the command line: registered, listed and withdrawn, and refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofs._signing import Machine
from tests.commands.test_demo import amparo

WHO = ("--role", "pnp-registrador", "--institution", "pnp", "--office", "pnp-deptrata-loreto")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation")
    # What is for a demonstration only is enough here: nobody's data are in it.
    settings = {"DJANGO_SETTINGS_MODULE": "amparo.config.settings.demo"}
    done = amparo(folder, "setup", **settings)
    assert done.returncode == 0, done.stderr
    return folder


def command(folder: Path, *words: str) -> tuple[int, str]:
    done = amparo(folder, "partner-key", *words, DJANGO_SETTINGS_MODULE="amparo.config.settings.demo")
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_a_key_is_registered_listed_and_withdrawn(empty: Path, tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    file.write_bytes(Machine().public_pem)

    code, said = command(empty, "add", "pnp-sistema", str(file), *WHO)
    assert (code, "keyid" in said) == (0, True)
    key = said.split()[-1]
    assert key in command(empty, "list")[1]
    assert command(empty, "add", "pnp-sistema", str(file), *WHO)[0] == 3
    assert command(empty, "revoke", key)[0] == 0
    assert "retirada el" in command(empty, "list")[1]
    code, said = command(empty, "revoke", key)
    assert (code, "No hay una llave vigente" in said) == (3, True)


def test_what_is_no_key_or_not_there_is_refused_in_words(empty: Path, tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    file.write_text("nothing")

    assert "no es una llave pública" in command(empty, "add", "m", str(file), *WHO)[1]
    assert "No se puede leer el archivo" in command(empty, "add", "m", str(tmp_path / "missing.pem"), *WHO)[1]
    wrong = ("--role", "calp-equipo", "--institution", "pnp")
    file.write_bytes(Machine().public_pem)
    assert "Ese rol es de otra institución." in command(empty, "add", "m", str(file), *wrong)[1]

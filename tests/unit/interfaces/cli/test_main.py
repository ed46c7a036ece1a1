"""The command line answers in the user's language, with the agreed exit codes, and never with a traceback."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from amparo.interfaces.cli import main as cli
from amparo.interfaces.cli.commands import COMMANDS
from amparo.kernel.errors import Denied, NotFound

NAME = "Quispe Mamani"


@pytest.fixture(autouse=True)
def spanish(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AMPARO_LANG", "es")
    monkeypatch.setenv("AMPARO_DATA", str(tmp_path))


def failing_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Make every command fail with an error."""

    def run(options: argparse.Namespace) -> int:
        raise error

    monkeypatch.setattr(cli, "import_module", lambda name: SimpleNamespace(configure=lambda parser: None, run=run))


def test_without_a_command_the_help_is_shown_and_the_use_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "uso: amparo" in capsys.readouterr().err


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["help"]) == 0

    said = capsys.readouterr().out
    assert all(command.name in said for command in COMMANDS)


def test_an_unknown_command_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["volar"]) == 2
    assert "No existe la orden «volar»" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself_in_spanish(command: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([command.name, "--help"]) == 0  # type: ignore[attr-defined]

    said = capsys.readouterr().out
    assert "uso:" in said
    assert "opciones" in said
    assert "show this help" not in said


def test_a_wrong_option_is_answered_in_spanish(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["tick", "--volar"]) == 2
    assert "no se reconoce: --volar" in capsys.readouterr().err


def test_an_anticipated_error_becomes_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing_with(monkeypatch, Denied("access.role", capability="ledger_read"))

    assert cli.main(["tick"]) == 3
    assert "Su acceso no permite hacer esto" in capsys.readouterr().err


def test_english_is_whole(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("AMPARO_LANG", "en")
    failing_with(monkeypatch, NotFound("pack.none_here", folder="x", variable="AMPARO_PACK"))

    assert cli.main(["tick"]) == 3
    assert "There is no country pack in x" in capsys.readouterr().err


def test_an_unforeseen_error_shows_a_reference_and_nothing_of_what_it_was_about(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    failing_with(monkeypatch, ValueError(f"cannot read {NAME}"))

    assert cli.main(["tick"]) == 3

    said, noted = capsys.readouterr().err, (tmp_path / "errors.log").read_text()
    reference = said.split("referencia ")[1][:8]
    assert reference in noted
    assert "ValueError" in noted
    assert "test_main.py" in noted
    assert "Traceback" not in said
    assert NAME not in said + noted


def test_a_reader_that_goes_away_is_no_fault() -> None:
    code = "import sys; from amparo.interfaces.cli.main import main; sys.exit(main(['help']))"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()

    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 3


def test_a_command_starts_without_loading_the_others() -> None:
    code = (
        "import sys; from amparo.interfaces.cli.main import main; main(['help']);"
        "sys.exit(any(name.split('.')[0] in ('django', 'splink', 'granian', 'pydantic') for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("flag", ["--out", "--page"])
def test_nothing_is_erased_where_the_certificate_could_not_be_written(
    flag: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is no installation here: that the file is what it stumbles over shows that it is tried first."""
    nowhere = str(tmp_path / "nowhere" / "certificate")

    assert cli.main(["erase", "PNP-1", "--basis", "Ley 29733, art. 20", "--yes", flag, nowhere]) == 3

    assert "No se pudo escribir" in capsys.readouterr().err
    assert not list(tmp_path.rglob("*certificate*"))

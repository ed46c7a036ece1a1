"""The demonstration from the outside, as a newcomer runs it, with a small world."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from amparo.world.users import DEMO_USERS

PEOPLE = 40
COMMAND = [sys.executable, "-c", "import sys; from amparo.interfaces.cli.main import main; sys.exit(main())"]


def amparo(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one command on the installation in ``folder``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO", "DJANGO"))}
    environment = {**kept, "AMPARO_LANG": "es", **variables}
    command = [*COMMAND, *words, "--data", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def count(folder: Path, table: str) -> int:
    connection = sqlite3.connect(folder / "cases.sqlite3")
    try:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    finally:
        connection.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration that was built once, where an earlier run was interrupted and where real databases are named."""
    folder = tmp_path_factory.mktemp("demo")
    unfinished = {"people": PEOPLE, "seed": 3, "whole": False, "owed_as_of": ""}
    (folder / "demo.json").write_text(json.dumps(unfinished))
    (folder / "cases.sqlite3").write_bytes(b"half a file")
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    real = {"AMPARO_DATABASE": nowhere, "AMPARO_VAULT_DATABASE": nowhere, "AMPARO_SECRET_KEY": "x" * 50}
    built = amparo(folder, "demo", "--no-serve", **real)
    assert built.returncode == 0, built.stderr
    return folder


def test_it_holds_people_put_together_from_several_registers(demo: Path) -> None:
    assert count(demo, "registries_record") > count(demo, "casework_person") > 10
    assert count(demo, "casework_obligation") > count(demo, "casework_person")
    assert count(demo, "access_user") == len(DEMO_USERS)


def test_a_second_run_keeps_the_data_and_is_quick(demo: Path) -> None:
    before = count(demo, "registries_event")
    started = time.monotonic()

    again = amparo(demo, "demo", "--no-serve")

    assert again.returncode == 0
    assert time.monotonic() - started < 5
    assert count(demo, "registries_event") == before


def test_another_world_is_not_built_over_it(demo: Path) -> None:
    refused = amparo(demo, "demo", "--people", "41", "--no-serve")

    assert refused.returncode == 3
    assert f"{PEOPLE} personas (semilla 3)" in refused.stderr


def test_handing_in_the_same_file_again_changes_nothing(demo: Path) -> None:
    before = count(demo, "registries_recordversion")

    answer = amparo(demo, "import", "--source", "calp", str(demo / "world/exports/2/calp.json"), "--json")

    told = json.loads(answer.stdout)
    assert (told["new"], told["changed"]) == (0, 0)
    assert told["unchanged"] > 0
    assert count(demo, "registries_recordversion") == before


def test_a_dry_run_keeps_nothing(demo: Path) -> None:
    before = count(demo, "registries_batch")

    answer = amparo(demo, "import", "--source", "mp", str(demo / "world/exports/2/mp.xlsx"), "--dry-run")

    assert "Simulación" in answer.stdout
    assert count(demo, "registries_batch") == before


def test_a_file_of_another_institution_is_refused_with_a_sentence(demo: Path) -> None:
    answer = amparo(demo, "import", "--source", "mp", str(demo / "world/exports/2/calp.json"))

    assert answer.returncode == 3
    assert "Traceback" not in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def test_its_ledger_is_whole_and_an_altered_one_is_not(demo: Path, tmp_path: Path) -> None:
    assert amparo(demo, "ledger", "verify").returncode == 0
    altered = sqlite3.connect(demo / "cases.sqlite3")
    original = altered.execute("SELECT sql FROM sqlite_master WHERE name LIKE 'ledger_append_only_ledger_entry_up%'")
    [(trigger,)] = original.fetchall()
    altered.execute("DROP TRIGGER ledger_append_only_ledger_entry_update")
    altered.execute("UPDATE ledger_entry SET actor = 'x' WHERE seq = 2")
    altered.execute(trigger)
    altered.commit()

    verdict = amparo(demo, "ledger", "verify")

    altered.execute("DROP TRIGGER ledger_append_only_ledger_entry_update")
    altered.execute("UPDATE ledger_entry SET actor = (SELECT actor FROM ledger_entry WHERE seq = 1) WHERE seq = 2")
    altered.execute(trigger)
    altered.commit()
    altered.close()
    assert verdict.returncode == 1
    assert "Asiento 2: fue alterado" in verdict.stdout
    assert amparo(demo, "ledger", "verify").returncode == 0


def test_it_serves_pages_on_this_machine_and_stops_when_told(demo: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "AMPARO_LANG": "es"}
    command = [*COMMAND, "demo", "--data", str(demo), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        said = _until("Ctrl+C", process)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
            status, page = answer.status, answer.read().decode()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0

    assert status == 200
    assert "csrfmiddlewaretoken" in page
    assert "coordinacion" in said


def _until(last: str, process: subprocess.Popen[str]) -> str:
    """What a process says up to the line that holds ``last``, or all that it said if it ends before."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if last in line:
            break
    return said


def test_one_that_was_interrupted_is_built_again(demo: Path) -> None:
    assert json.loads((demo / "demo.json").read_text())["whole"]


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    assert amparo(tmp_path, "setup").returncode == 0
    before = (tmp_path / "cases.sqlite3").read_bytes()

    refused = amparo(tmp_path, "demo", "--people", "20", "--no-serve")

    assert refused.returncode == 3
    assert "no es una demostración" in refused.stderr
    assert (tmp_path / "cases.sqlite3").read_bytes() == before


def test_invented_people_never_reach_the_databases_of_real_use(demo: Path) -> None:
    """Nobody answers at the addresses that the environment named, so everything is in the folder or nowhere."""
    assert (demo / "vault.sqlite3").stat().st_size > 0
    assert count(demo, "casework_person") > 0

"""The launcher: what is installed once is not installed again, and what was interrupted is."""

from __future__ import annotations

import importlib.util
import multiprocessing
import os
import shutil
import subprocess
import sys
import time
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def untouched(folder: Path) -> ModuleType:
    """The launcher of an invented clone in ``folder``."""
    shutil.copy(ROOT / "amparo", folder / "amparo")
    (folder / "requirements").mkdir(exist_ok=True)
    (folder / "src").mkdir(exist_ok=True)
    for name in ("runtime", "dev"):
        (folder / "requirements" / f"{name}.txt").write_text(f"{name}-package==1 \\\n    --hash=sha256:00\n")
    loader = SourceFileLoader("launcher", str(folder / "amparo"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def launcher(folder: Path) -> ModuleType:
    """The same with a pip that only writes down what it was asked to install."""
    module = untouched(folder)
    module.run_pip = lambda files, total: write_down(folder, files)
    return module


def write_down(folder: Path, files: list[Path]) -> None:
    with (folder / "asked").open("a") as asked:
        asked.write(" ".join(file.stem for file in files) + "\n")


def asked(folder: Path) -> list[str]:
    return (folder / "asked").read_text().splitlines()


def test_what_is_installed_is_not_installed_again(tmp_path: Path) -> None:
    module = launcher(tmp_path)

    module.install(["runtime"])
    module.install(["runtime"])

    assert asked(tmp_path) == ["runtime"]
    assert module.missing(["runtime"]) == []


def test_a_further_set_is_added_to_what_is_there(tmp_path: Path) -> None:
    module = launcher(tmp_path)
    module.install(["runtime"])

    module.install(["runtime", "dev"])

    assert asked(tmp_path) == ["runtime", "dev"]


def test_changed_requirements_are_installed(tmp_path: Path) -> None:
    module = launcher(tmp_path)
    module.install(["runtime"])
    (tmp_path / "requirements" / "runtime.txt").write_text("other-package==1 --hash=sha256:01\n")

    module.install(["runtime"])

    assert asked(tmp_path) == ["runtime", "runtime"]


def test_an_interrupted_installation_is_done_again(tmp_path: Path) -> None:
    module = launcher(tmp_path)

    def interrupted(files: list[Path], total: int) -> None:
        raise KeyboardInterrupt

    module.run_pip, works = interrupted, module.run_pip
    with pytest.raises(KeyboardInterrupt):
        module.install(["runtime"])
    module.run_pip = works
    module.install(["runtime"])

    assert asked(tmp_path) == ["runtime"]


def test_an_environment_whose_python_is_gone_is_made_anew(tmp_path: Path) -> None:
    module = launcher(tmp_path)
    module.install(["runtime"])
    (tmp_path / ".venv" / "bin" / "python").unlink()

    module.install(["runtime"])

    assert asked(tmp_path) == ["runtime", "runtime"]
    assert module.venv_version() == f"{sys.version_info.major}.{sys.version_info.minor}"


def test_of_two_launchers_at_once_one_installs_and_the_other_waits(tmp_path: Path) -> None:
    module = launcher(tmp_path)
    module.run_pip = lambda files, total: (write_down(tmp_path, files), time.sleep(0.5))
    context = multiprocessing.get_context("fork")

    runs = [context.Process(target=module.install, args=(["runtime"],)) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(30)

    assert [run.exitcode for run in runs] == [0, 0]
    assert asked(tmp_path) == ["runtime"]


def test_the_command_works_in_a_folder_with_a_space_and_after_moving_it(tmp_path: Path) -> None:
    first, second = tmp_path / "mis documentos", tmp_path / "otra carpeta"
    first.mkdir()
    command = "src/amparo/interfaces/cli/main.py"
    module = launcher(first)
    (first / command).parent.mkdir(parents=True)
    (first / command).write_text("def main():\n    print(__file__)\n")
    module.install(["runtime"])
    first.rename(second)

    launcher(second).install(["runtime"])

    command_line = [second / ".venv/bin/amparo"]
    said = subprocess.run(
        command_line, capture_output=True, text=True, check=True, env={"PATH": os.environ["PATH"]}
    ).stdout
    assert said.strip() == str(second / command)
    assert asked(second) == ["runtime"]


def test_an_old_python_gets_a_sentence_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = launcher(tmp_path)
    monkeypatch.setattr(module, "NEWER", ())

    assert module.use_newer_python() == 3
    said = capsys.readouterr().err
    assert "necesita Python 3.11" in said
    assert "needs Python 3.11" in said


def test_a_failed_installation_says_what_to_do_and_leaves_no_stamp(tmp_path: Path) -> None:
    module = untouched(tmp_path)
    module.ENGLISH = False
    module.pip_command = lambda: [sys.executable, "-c", "print('no such host'); raise SystemExit(1)"]

    with pytest.raises(module.Refused, match=r"(?s)Internet.*no such host"):
        module.install(["runtime"])

    assert module.missing(["runtime"]) == ["runtime"]

"""Training on Spark, in local mode and in a process of its own.

Spark starts a Java machine with threads, sockets and files. In a process of its own none of that stays behind when the
training is done, and what a user's environment says of some other Spark does not reach it. It listens on loopback
only, and all it writes is in a private folder that is removed afterwards.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Literal

from amparo.engines.linkage.em import Trained, Training

OLDEST_JAVA = 17
ASKED, ANSWER = "asked.json", "answer.json"
_LOG = "log.txt"
_NOT_FOR_IT = ("SPARK_", "PYSPARK_", "HADOOP_", "PYTHON", "AMPARO_")


class SparkFailed(Exception):
    """Spark did not finish the training; the text is the last line that it wrote, which knows of no person."""


def lacking() -> Literal["pyspark", "java"] | None:
    """What must be installed before Spark can train here."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark"
    return "java" if _java_version() < OLDEST_JAVA else None


def _java_version() -> int:
    """The version of the Java that Spark would start; 0 where there is none, or only one that does not start."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if java is None:
        return 0
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    except OSError:
        return 0
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(found[1]) if found else 0


def train(trainings: Sequence[Training]) -> list[Trained]:
    """Do the trainings one after another in one process. Raises :class:`SparkFailed` where it does not finish."""
    if not trainings:
        return []
    with tempfile.TemporaryDirectory(prefix="amparo-spark-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / ASKED).write_text(as_text(trainings))
        _run(folder)
        return [Trained(**each) for each in json.loads((folder / ANSWER).read_text())]


def as_text(found: Sequence[Training] | Sequence[Trained]) -> str:
    """Trainings or what came of them as JSON; ``asdict`` would copy every single level."""
    return json.dumps([{each.name: getattr(one, each.name) for each in fields(one)} for one in found])


def _run(folder: Path) -> None:
    command = [sys.executable, "-m", "amparo.engines.linkage.em.spark_process", str(folder)]
    with (
        (folder / _LOG).open("wb") as log,
        subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        ) as process,
    ):
        try:
            code = process.wait()
        finally:
            _end(process)
    if code or not (folder / ANSWER).exists():
        lines = (folder / _LOG).read_text(errors="replace").splitlines()
        raise SparkFailed(next((line.strip() for line in reversed(lines) if line.strip()), ""))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing running: neither the process nor its Java machine, which is of the same group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()


def _environment(folder: Path) -> dict[str, str]:
    """This process's environment without settings of other Sparks and without Amparo's own, keys among them.

    Every temporary file goes into the private folder.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_FOR_IT)}
    paths = [str(Path(path or ".").resolve()) for path in sys.path]
    return own | {
        "PYTHONPATH": os.pathsep.join(paths),
        "TMPDIR": str(folder),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_HOSTNAME": "localhost",
        "SPARK_LAUNCHER_OPTS": f"-XX:-UsePerfData -Djava.io.tmpdir={folder}",
    }

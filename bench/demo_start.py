"""How long ``./amparo demo`` takes apart from installing: from nothing to a whole demonstration, and to a page again.

Goals: 30 s of own work for the default world, 5 s from a second start to the first answer of ``/salud``.
"""

from __future__ import annotations

import argparse
import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PEOPLE = 1_000
_SECONDS_TO_GIVE_UP = 300


def main(arguments: Sequence[str]) -> int:
    """Build a demonstration in a folder of its own, start it again, and print JSON."""
    parser = argparse.ArgumentParser(prog="bench demo_start")
    parser.add_argument("--people", type=int, default=DEFAULT_PEOPLE)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="amparo-bench-") as folder:
        # A folder of its own inside, because a demonstration wants one that is empty or not there.
        demo = [str(ROOT / "amparo"), "demo", "--people", str(options.people), "--data", str(Path(folder) / "data")]
        cold = _seconds_of([*demo, "--no-serve"])
        warm = _seconds_to_answer(demo)
    named = f"({options.people:,} people)"
    rows = [
        {"figure": f"cold start, installing apart {named}", "value": round(cold, 1), "unit": "s", "goal": "≤ 30"},
        {"figure": f"warm start to the first answer {named}", "value": round(warm, 1), "unit": "s", "goal": "≤ 5"},
    ]
    print(json.dumps(rows))
    return 0


def _seconds_of(command: Sequence[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=sys.stderr)
    return time.perf_counter() - began


def _seconds_to_answer(demo: Sequence[str]) -> float:
    """From the command to the first answer; the server is stopped afterwards as its user would."""
    port = _free_port()
    began = time.perf_counter()
    server = subprocess.Popen([*demo, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _answers(port):
            if server.poll() is not None or time.perf_counter() - began > _SECONDS_TO_GIVE_UP:
                raise SystemExit("the demonstration did not start")
            time.sleep(0.05)
        return time.perf_counter() - began
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/salud", timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

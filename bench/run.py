"""``./amparo bench [NAME …] [--people N] [--json]``: runs the benchmarks and prints figure, goal and machine.

Where one NAME is given, options of its own may follow, such as ``--data`` of ``whole``.

A benchmark is a module of this folder with ``main(arguments)``, which prints JSON: an object, or a list of objects,
each with ``figure`` (what was measured), ``value``, ``unit`` and ``goal``. Each runs in a process of its own, so that
none warms up or crowds out another. Exit code 1 where a benchmark failed; a goal that was missed is shown, not failed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
# What a benchmark answers that needs packages which are not there; it has said how to get them.
NOT_INSTALLED = 3


def names() -> list[str]:
    """The benchmarks there are; a module whose name begins with an underscore is not one."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem != "run" and path.stem[0] != "_")


def main(arguments: Sequence[str]) -> int:
    """Run the named benchmarks, or all of them."""
    parser = argparse.ArgumentParser(prog="./amparo bench", description="Measures Amparo on this machine.")
    parser.add_argument("name", nargs="*", metavar="NAME", help=", ".join(names()))
    parser.add_argument("--people", type=int, metavar="N", help="size of the invented world")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    options, own = parser.parse_known_args(arguments)
    if own and len(options.name) != 1:
        parser.error(f"{' '.join(own)}: options of a benchmark follow the name of that one")
    unknown = set(options.name) - set(names())
    if unknown:
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(names())}")
    extra = [*(["--people", str(options.people)] if options.people else []), *own]
    results = {name: _measure(name, extra) for name in options.name or names()}
    if options.json:
        print(json.dumps({"machine": machine(), "results": results}, ensure_ascii=False, indent=2))
    else:
        _print(results)
    return 1 if any(rows is None for rows in results.values()) else 0


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    return {
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def _measure(name: str, extra: Sequence[str]) -> list[dict[str, object]] | None:
    """The rows that one benchmark printed; None where it failed. What it says beside them goes to standard error."""
    code = f"import sys; from bench.{name} import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, *extra]
    done = subprocess.run(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode == NOT_INSTALLED:
        return []
    try:
        found = json.loads(done.stdout)
    except json.JSONDecodeError:
        found = None
    if done.returncode or found is None:
        print(f"{name}: failed with exit code {done.returncode}", file=sys.stderr)
        return None
    return found if isinstance(found, list) else [found]


def _print(results: dict[str, list[dict[str, object]] | None]) -> None:
    print("  ".join(f"{key}: {value}" for key, value in machine().items()))
    for name, rows in results.items():
        for row in rows or ():
            goal = f"  (goal {row['goal']})" if row.get("goal") else ""
            value = row.get("value")
            shown = f"{value:,.1f}" if isinstance(value, float) else str(value)
            print(f"{name:<12} {row['figure']:<44} {shown} {row.get('unit', '')}{goal}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""``./amparo prove [NAME …] [--n N] [--seed S] [--json] [--write]``: puts Amparo's promises to the test.

Each module of this folder with ``PROMISES`` is put to the test in a process of its own. Exit code 1 where a promise
was broken or could not be tested. ``--write`` sets the lines of these promises in ``docs/proof.md`` anew; it takes the
full size only.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from amparo.interfaces.cli.language import Text
from proofs import page, promise
from proofs.promise import Result

HERE = Path(__file__).resolve().parent
_NOT_PROMISES = {"run", "one", "promise", "installation", "page"}

_KEPT, _BROKEN = Text("cumplida", "kept"), Text("ROTA", "BROKEN")
_NONE = Text("no hay promesa «{name}»; hay: {names}", "there is no promise “{name}”; there are: {names}")
_FAILED = Text("{name}: la prueba no pudo correr", "{name}: the proof could not run")
_FULL = Text("--write publica solo resultados de tamaño completo", "--write publishes results of full size only")


def names() -> list[str]:
    """The modules that hold promises; one whose name begins with an underscore holds none."""
    found = (path.stem for path in HERE.glob("*.py"))
    return sorted(name for name in found if name[0] != "_" and name not in _NOT_PROMISES)


def main(arguments: Sequence[str]) -> int:
    """Put the named promises, or all, to the test."""
    parser = argparse.ArgumentParser(prog="./amparo prove", description="Puts Amparo's promises to the test.")
    parser.add_argument("name", nargs="*", metavar="NAME", help=", ".join(names()))
    parser.add_argument("--n", type=int, metavar="N", help="so many trials instead of the full number")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    parser.add_argument("--write", action="store_true", help="set their lines in docs/proof.md anew")
    options = parser.parse_args(arguments)
    for name in options.name:
        if name not in names():
            parser.error(_NONE.fill(name=name, names=", ".join(names())))
    if options.write and options.n:
        parser.error(str(_FULL))
    results: list[Result] = []
    whole = True
    for name in options.name or names():
        found = _in_a_process_of_its_own(name, options.n, options.seed)
        whole = whole and found is not None
        results += found or ()
        if options.write and found:
            page.write(found)
        if not options.json:
            _print(found or ())
    if options.json:
        print(json.dumps([_told(result) for result in results], ensure_ascii=False, indent=2))
    return 0 if whole and results and all(result.kept for result in results) else 1


def _in_a_process_of_its_own(name: str, trials: int | None, seed: int) -> list[Result] | None:
    """The results of one module; ``None`` where it could not run. What it says besides goes to standard error."""
    command = [sys.executable, "-m", "proofs.one", name, "--seed", str(seed)]
    command += ["--n", str(trials)] if trials else []
    done = subprocess.run(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=False)
    try:
        return promise.read(done.stdout) if done.returncode == 0 else _could_not_run(name)
    except (ValueError, TypeError):
        return _could_not_run(name)


def _could_not_run(name: str) -> None:
    print(_FAILED.fill(name=name), file=sys.stderr)


def _told(result: Result) -> dict[str, object]:
    return {**asdict(result), "kept": result.kept, "bound": result.bound}


def _print(results: Sequence[Result]) -> None:
    for result in results:
        state = _KEPT if result.kept else _BROKEN
        bound = f"≤ {result.bound:.2g}" if result.bound is not None else result.first
        print(
            f"{state!s:<9} {result.name:<28} {result.failures}/{result.trials}  {bound}  {result.seconds} s", flush=True
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

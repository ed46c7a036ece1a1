"""The table of ``docs/proof.md``: one line a promise, each with the day and the commit that it was measured on."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from proofs.promise import Result

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "proof.md"
BEGIN, END = "<!-- results -->", "<!-- end of results -->"
_HEAD = (
    "| Promise | | Trials | Failures | Rate ruled out at 95 % | Seconds | Measured |",
    "|---|---|---|---|---|---|---|",
)


def write(results: Sequence[Result], *, page: Path = PAGE) -> None:
    """Set the lines of these promises anew and leave those of the others as they are."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    table, _, after = rest.partition(END)
    lines = {_name(line): line for line in table.splitlines() if line.startswith("| `")}
    measured = f"{date.today().isoformat()}, {_commit()}"  # noqa: DTZ011
    lines |= {f"`{result.name}`": _line(result, measured) for result in results}
    body = "\n".join([*_HEAD, *(lines[name] for name in sorted(lines))])
    page.write_text(f"{before}{BEGIN}\n{body}\n{END}{after}", encoding="utf-8")


def _name(line: str) -> str:
    return line.split("|")[1].strip()


def _line(result: Result, measured: str) -> str:
    bound = f"{result.bound:.2g}" if result.bound is not None else "—"
    counts = f"{result.trials:,} | {result.failures:,} | {bound} | {result.seconds}"
    return f"| `{result.name}` | {result.says} | {counts} | {measured} |"


def _commit() -> str:
    """The commit that is checked out, marked where files other than the page differ from it; empty without Git."""
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", ".", f":!{PAGE.relative_to(ROOT)}")
    return _git("rev-parse", "--short", "HEAD") + ("-dirty" if changed else "")


def _git(*words: str) -> str:
    try:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""

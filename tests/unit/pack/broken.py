"""A copy of the shipped pack in which a test plants one error."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from amparo.pack import checks, location
from amparo.pack.problems import Problem

Plant = Callable[[str], str]


def copy_of_pack(into: Path) -> Path:
    """The shipped pack, copied so that it can be broken."""
    target = into / "pack"
    shutil.copytree(location.default({}), target)
    return target


def plant(folder: Path, file: str, old: str, new: str) -> int:
    """Replace the first ``old`` in a file by ``new`` and return the line where it stands."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def found(folder: Path, code: str) -> list[Problem]:
    """The faults of a kind that the check finds."""
    return [problem for problem in checks.check(folder).problems if problem.code == code]

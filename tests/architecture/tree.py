"""The files of the project, as the tests of this folder look at them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "amparo"
ROOMS = ("config", "interfaces", "insight", "world", "casework", "registries", "vault", "access", "ledger", "pack")
_NOT_OURS = {".git", ".venv", "node_modules", "data", "build", "staticfiles", "test-artifacts"}
_TEXT = {
    ".py",
    ".md",
    ".html",
    ".css",
    ".js",
    ".yaml",
    ".yml",
    ".toml",
    ".txt",
    ".in",
    ".csv",
    ".json",
    ".po",
    ".svg",
    "",
}


@cache
def files() -> tuple[Path, ...]:
    """The files that are in the repository; in a copy without git, all that are not made by a run."""
    asked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if asked.returncode == 0 and asked.stdout:
        return tuple(path for name in asked.stdout.split("\0") if name and (path := ROOT / name).is_file())
    found = (path for path in ROOT.rglob("*") if path.is_file())
    return tuple(path for path in found if not _made_by_a_run(path.relative_to(ROOT)))


def _made_by_a_run(path: Path) -> bool:
    parts = path.parts
    return parts[0] in _NOT_OURS or any(
        part == "__pycache__" or part.endswith((".egg-info", "_cache")) for part in parts
    )


def texts() -> Iterator[tuple[Path, str]]:
    """Every file that people read, with its content."""
    for path in files():
        if path.suffix in _TEXT:
            yield path, path.read_text(encoding="utf-8", errors="replace")


def python() -> Iterator[Path]:
    """Every Python file but migrations, which Django writes."""
    for path in files():
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield path


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def named(path: Path) -> str:
    """How a path is shown in a failure."""
    return str(path.relative_to(ROOT))

"""Sizes that tell when a file wants to be two, and what must not be left in the code."""

from __future__ import annotations

import ast
import re

from tests.architecture.tree import ROOT, SRC, named, parsed, python

LONGEST_FILE = 400
LONGEST_TEST = 500
LONGEST_FUNCTION = 50
USUAL_FUNCTION = 10
LEFT_OPEN = re.compile(
    r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|raise NotImplemented" + r"Error|pytest\.mark\.(skip|xfail)\b"
)
VAGUE = {"utils", "helpers", "helper", "manager", "managers", "misc", "common_utils"}


def functions() -> list[tuple[str, int]]:
    """Every function of the program and its length in lines, without its decorators."""
    found = []
    for path in python():
        for node in ast.walk(parsed(path)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                found.append((f"{named(path)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1))
    return found


def test_no_file_is_longer_than_one_can_read_at_once() -> None:
    long = [
        f"{named(path)}: {lines}"
        for path in [*python(), ROOT / "amparo"]
        if (lines := path.read_text(encoding="utf-8").count("\n"))
        > (LONGEST_TEST if path.is_relative_to(ROOT / "tests") else LONGEST_FILE)
    ]

    assert long == []


def test_no_function_is_longer_than_a_screen() -> None:
    assert [f"{name}: {lines}" for name, lines in functions() if lines > LONGEST_FUNCTION] == []


def test_functions_are_usually_short() -> None:
    lengths = sorted(lines for name, lines in functions() if name.startswith("src/"))

    assert lengths[len(lengths) // 2] <= USUAL_FUNCTION


def test_nothing_is_left_open() -> None:
    found = [
        f"{named(path)}:{number}"
        for path in python()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if LEFT_OPEN.search(line)
    ]

    assert found == []


def test_modules_have_names_that_say_something() -> None:
    assert [named(path) for path in python() if path.is_relative_to(SRC) and path.stem in VAGUE] == []

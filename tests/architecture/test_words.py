"""Every sentence exists in Spanish and in English and says the same in both."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from amparo.interfaces import sentences
from amparo.interfaces.cli.language import Text
from tests.architecture.tree import SRC, named, parsed, python

REFUSALS = {"AmparoError", "Denied", "NotFound", "Conflict", "Invalid"}


def refusals() -> set[str]:
    """Every class that says no: the four of the kernel and what derives from them anywhere."""
    found = set(REFUSALS)
    classes = [node for path in own() for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef)]
    while True:
        more = {node.name for node in classes for base in node.bases if isinstance(base, ast.Name) and base.id in found}
        if more <= found:
            return found
        found |= more


def own() -> list:
    return [path for path in python() if path.is_relative_to(SRC)]


def codes_raised() -> Iterator[tuple[str, str]]:
    """Each code with which the program says no, and where."""
    kinds = refusals()
    for path in own():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield code.value, f"{named(path)}:{node.lineno}"


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def texts_of_the_command_line() -> Iterator[Text]:
    """Every ``Text("…", "…")`` that is written in the command line's modules."""
    for path in own():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text":
                yield Text(*(ast.literal_eval(argument) for argument in node.args))


def test_every_way_of_saying_no_has_its_sentence() -> None:
    assert sorted({f"{code} ({where})" for code, where in codes_raised() if not sentences.has(code)}) == []


@pytest.mark.parametrize("code", sorted(sentences.every()))
def test_a_sentence_says_the_same_in_both_languages(code: str) -> None:
    spanish, english = sentences.every()[code]

    assert spanish.strip()
    assert english.strip()
    assert fields(spanish) == fields(english)


def test_a_sentence_of_the_command_line_says_the_same_in_both_languages() -> None:
    for text in texts_of_the_command_line():
        assert text.es.strip(), text
        assert text.en.strip(), text
        assert fields(text.es) == fields(text.en), text


def test_no_sentence_blames_or_calls_a_person_a_victim() -> None:
    """The law's own names of institutions and programmes are the exception: those are spelled with a capital."""
    unkind = re.compile(r"\b(víctimas?|usted (hizo|puso|escribió) mal|error suyo|su culpa)\b")

    found = [code for code, (spanish, _) in sentences.every().items() if unkind.search(spanish)]

    assert found == []

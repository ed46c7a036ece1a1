"""What a code says to a person: in two languages, and as what happened and what to do about it."""

from __future__ import annotations

import pytest

from amparo.registries import messages

CODES = sorted(messages.SENTENCES)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("code", CODES)
def test_the_two_halves_of_a_sentence_are_the_whole_of_it(code: str, language: str) -> None:
    params = {"column": "FEC. NAC", "value": "3. 4. 2001", "sheets": ["Hoja 1", "Hoja 2"]}

    what, remedy = messages.in_two(code, params, language)

    assert what.endswith(".")
    assert f"{what} {remedy}".strip() == messages.sentence(code, params, language)


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_file_that_is_refused_is_never_left_without_a_way_out(language: str) -> None:
    silent = [code for code in CODES if code.startswith("file.") and not messages.in_two(code, {}, language)[1]]

    assert silent == []


def test_a_code_that_nobody_knows_reads_as_itself() -> None:
    assert messages.in_two("file.of_tomorrow", {}) == ("file.of_tomorrow.", "")

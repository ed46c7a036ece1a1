"""Names under reserve are taken out of what people wrote, however they spelled them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amparo.casework.rules import hiding_names
from amparo.engines.linkage.fields import Fields
from amparo.registries.converters import fold

WHO = Fields(
    "r", given="Yenifer Luz", surname1="Huamán", surname2="de la Cruz", alias="Chinita", doc_type="DNI",
    doc_number="71234567",
)  # fmt: skip
WORDS = hiding_names.words_of([WHO])


def test_names_go_and_the_rest_stays() -> None:
    told = hiding_names.without("Yénifer (la chinita) llamó; su DNI 71234567. Vuelve el jueves.", WORDS)

    assert told == "▒▒▒ (la ▒▒▒) llamó; su DNI ▒▒▒. Vuelve el jueves."


def test_a_misspelled_name_goes_too() -> None:
    told = hiding_names.without("Jenifer Huaman vino con YENNIFER", WORDS)

    assert "Huaman" not in told
    assert "YENNIFER" not in told


@given(st.text(max_size=40), st.sampled_from(["Yenifer", "HUAMAN", "huamán", "Cruz", "71234567"]), st.text(max_size=40))
def test_no_name_is_left_as_a_word_of_its_own(before: str, name: str, after: str) -> None:
    told = hiding_names.without(f"{before} {name} {after}", WORDS)

    assert not {fold(word) for word in told.split()} & WORDS

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.engines.linkage import fold

NAMES = st.text(alphabet="ABCDEFGHIJKLMNÑOPQRSTUVWXYZÁÉÍÓÚÜ' -", max_size=24)


@pytest.mark.parametrize(
    "alike",
    [
        ("Baldivia", "Valdivia"),  # 1
        ("Vasquez", "Basquez"),
        ("Gonzales", "Gonzalez"),  # 2
        ("Espinoza", "Espinosa"),
        ("Céspedes", "Sespedes"),
        ("Vasquez", "Vazquez"),
        ("Yupanqui", "Llupanqui"),  # 3
        ("Llanos", "Yanos"),
        ("Huamán", "Uaman"),  # 4
        ("Hinostroza", "Inostroza"),
        ("Hilario", "Ilario"),
        ("Yris", "Iris"),  # 5
        ("Ysabel", "Isabel"),
        ("Layme", "Laime"),
        ("Meylin", "Meilin"),
        ("Quispe", "Kispe"),  # 6
        ("Ccori", "Qori", "Cori"),
        ("Ccama", "Kama"),
        ("Rocca", "Roca"),
        ("Huaman", "Guaman", "Waman"),  # 7
        ("Huallpa", "Wallpa", "Gualpa"),
        ("Awajun", "Ahuajun"),
        ("Jiménez", "Giménez"),  # 8
        ("Geraldine", "Jeraldine"),
        ("Ttito", "Tito"),  # 10
        ("Sullca", "Sulca"),
        ("Phocco", "Poco"),
        ("Sophia", "Sofia"),
        ("T'ito", "T’ito", "Tito"),  # 12
        ("Q'ori", "Qori"),
        ("K'ana", "Kana"),
        ("Núñez", "Nunez"),  # 13
        ("Peña", "Pena"),
        ("Canpos", "Campos"),  # 14
        ("Jhonathan", "Jonatan"),  # 16
        ("J0SE", "José"),  # 17
    ],
)
def test_spellings_that_sound_alike_have_one_strict_key(alike: tuple[str, ...]) -> None:
    assert len({fold.strict(name) for name in alike}) == 1


@pytest.mark.parametrize(
    "alike",
    [
        ("Geraldine", "Yeraldine"),  # 8
        ("Ximena", "Jimena"),  # 9
        ("Alexander", "Aleksander"),
        ("Poma", "Puma"),  # 11
        ("Kusi", "Cosi"),
        ("Illari", "Ellari"),
        ("Urpi", "Orpi"),
        ("Quispe", "Qespi"),
        ("Nuñez", "Nunies"),  # 13
        ("Jhonathan", "Yonatan"),  # 16
        ("Shirley", "Sherly"),
        ("Sheyla", "Cheyla", "Seila"),
    ],
)
def test_looser_spellings_have_one_loose_key(alike: tuple[str, ...]) -> None:
    assert len({fold.loose(name) for name in alike}) == 1


def test_different_names_keep_different_keys() -> None:
    names = [
        "QUISPE",
        "FLORES",
        "SANCHEZ",
        "GARCIA",
        "ROJAS",
        "LOPEZ",
        "RAMOS",
        "TORRES",
        "MAMANI",
        "HUAMAN",
        "CONDORI",
    ]

    assert len({fold.loose(name) for name in names}) == len(names)


def test_a_second_key_keeps_the_tilde_apart() -> None:
    assert fold.with_tilde("Peña") != fold.with_tilde("Pena")
    assert fold.with_tilde("Nuñez") == "NUNHES"


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("MarÃ\xada", "María"),
        ("NuÃ±ez", "Nuñez"),
        ("JosÃ©", "José"),
        ("Pe\N{REPLACEMENT CHARACTER}a", "Pea"),
        ("Mar?a", "Mara"),
    ],
)
def test_letters_lost_between_encodings_part_no_word(broken: str, meant: str) -> None:
    assert fold.words(broken) == fold.words(meant)


def test_a_tilde_of_another_language_is_an_accent() -> None:
    assert fold.words("JOÃO") == ("JOAO",)


@given(NAMES)
def test_keys_fold_to_themselves(name: str) -> None:
    assert fold.strict(fold.strict(name)) == fold.strict(name)
    assert fold.loose(fold.loose(name)) == fold.loose(name)


@given(NAMES)
def test_case_and_accents_do_not_matter(name: str) -> None:
    bare = "".join(
        letter for letter in unicodedata.normalize("NFD", name.replace("Ñ", "\0")) if not unicodedata.combining(letter)
    ).replace("\0", "Ñ")

    assert fold.strict(name.lower()) == fold.strict(name) == fold.strict(bare)
    assert fold.loose(name.lower()) == fold.loose(name) == fold.loose(bare)


@given(NAMES)
def test_the_loose_key_follows_from_the_strict_one(name: str) -> None:
    assert fold.loose(fold.strict(name)) == fold.loose(name)


@given(st.text(max_size=30))
def test_any_text_can_be_folded(text: str) -> None:
    allowed = set("ABCDEFGHIJKLMNOPQRSTUVWXYZ ")

    assert set(fold.strict(text)) <= allowed
    assert set(fold.loose(text)) <= allowed

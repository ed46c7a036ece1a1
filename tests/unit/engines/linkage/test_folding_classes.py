"""The twenty classes in which one name is written in several ways, each by its examples, on whole records."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.engines.linkage import block, compare
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.levels import Given, Surnames
from amparo.engines.linkage.match_names import grade
from amparo.engines.linkage.prepare import Part, prepare
from tests.unit.engines.linkage import invented

TABLES = invented.tables()
SURNAMES: dict[int, tuple[tuple[str, str], ...]] = {
    1: (("Baldivia", "Valdivia"), ("Vasquez", "Basquez")),
    2: (("Gonzales", "Gonzalez"), ("Espinoza", "Espinosa"), ("Cespedes", "Sespedes"), ("Vasquez", "Vazquez")),
    3: (("Yupanqui", "Llupanqui"), ("Llanos", "Yanos")),
    4: (("Huaman", "Uaman"), ("Hinostroza", "Inostroza"), ("Hilario", "Ilario")),
    5: (("Layme", "Laime"),),
    6: (("Quispe", "Kispe"), ("Condori", "Kondori"), ("Ccori", "Qori"), ("Ccama", "Kama"), ("Rocca", "Roca")),
    7: (("Huaman", "Guaman"), ("Guaman", "Waman"), ("Huallpa", "Wallpa"), ("Wallpa", "Gualpa")),
    8: (("Jimenez", "Gimenez"),),
    9: (("Ximenez", "Jimenez"),),
    10: (("Ttito", "Tito"), ("Sullca", "Sulca"), ("Phocco", "Poco")),
    11: (("Poma", "Puma"), ("Kusi", "Cosi"), ("Quispe", "Qespi")),
    12: (("T'ito", "Tito"), ("Q'ori", "Qori"), ("K'ana", "Kana")),
    13: (("Nuñez", "Nunez"), ("Nuñez", "Nunies"), ("Peña", "Pena")),
    14: (("Canpos", "Campos"),),
    15: (("Torres", "Torre"), ("Rosas", "Rosa")),
    16: (("Chumpi", "Shumpi"), ("Thito", "Tito")),
    17: (("T0RRES", "TORRES"), ("QU1SPE", "QUISPE"), ("FL0RE5", "FLORES"), ("Tarnani", "Tamani"), ("Mamnai", "Mamani")),
}
GIVEN: dict[int, tuple[tuple[str, str], ...]] = {
    5: (("Yris", "Iris"), ("Ysabel", "Isabel"), ("Meylin", "Meilin")),
    8: (("Geraldine", "Jeraldine"), ("Geraldine", "Yeraldin")),
    9: (("Ximena", "Jimena"), ("Xiomara", "Siomara")),
    11: (("Illari", "Ellari"), ("Urpi", "Orpi")),
    16: (("Jhonathan", "Yonatan"), ("Shirley", "Sherly"), ("Sheyla", "Cheyla"), ("Sheyla", "Seila")),
    19: (("Ma. Elena", "María Elena"), ("Fco. Javier", "Francisco Javier"), ("Sta. Rosa", "Santa Rosa")),
}
WHOLE: dict[int, tuple[tuple[Fields, Fields], ...]] = {
    18: (
        (Fields("a", given="Maria", surname1="Quispe", surname2="Huaman"),
         Fields("b", given="Maria", surname1="Huaman", surname2="Quispe")),
        (Fields("a", given="Maria Elena", surname1="Quispe", surname2="Huaman"),
         Fields("b", given="Quispe Huaman", surname1="Maria", surname2="Elena")),
    ),
    20: (
        (Fields("a", given="Maria", surname1="Quispe", surname2="Huaman"),
         Fields("b", given="Maria", surname1="Quispe")),
        (Fields("a", given="Maria", surname1="Quispe", surname2="Huaman"),
         Fields("b", given="Maria", surname1="Huaman")),
    ),
}  # fmt: skip
_LETTERS = st.text(alphabet="ABCDEFGHIJKLMNÑOPQRSTUVWXYZÁÉÍÓÚÜ' ", max_size=14)


def test_every_class_has_an_example() -> None:
    assert set(SURNAMES) | set(GIVEN) | set(WHOLE) == set(range(1, 21))


@pytest.mark.parametrize(("one", "other"), [pair for pairs in SURNAMES.values() for pair in pairs])
def test_a_surname_agrees_however_it_is_spelled(one: str, other: str) -> None:
    a = Fields("a", given="Maria", surname1=one, surname2="Tapullima")
    b = Fields("b", given="Maria", surname1=other, surname2="Tapullima")

    assert compare.compare(a, b, TABLES).level("surnames") >= Surnames.BOTH_NEAR
    assert block.keys(a, TABLES) & block.keys(b, TABLES)


@pytest.mark.parametrize(("one", "other"), [pair for pairs in GIVEN.values() for pair in pairs])
def test_a_given_name_agrees_however_it_is_spelled(one: str, other: str) -> None:
    a = Fields("a", given=one, surname1="Quispe", surname2="Tapullima")
    b = Fields("b", given=other, surname1="Quispe", surname2="Tapullima")

    assert compare.compare(a, b, TABLES).level("given") >= Given.NEAR
    assert block.keys(a, TABLES) & block.keys(b, TABLES)


@pytest.mark.parametrize(("one", "other"), [pair for pairs in WHOLE.values() for pair in pairs])
def test_names_agree_in_any_order_and_without_a_second_surname(one: Fields, other: Fields) -> None:
    compared = compare.compare(one, other, TABLES)

    assert compared.level("surnames") >= Surnames.ONE
    assert compared.level("given") not in (Given.DIFFERENT, Given.SOME)
    assert block.keys(one, TABLES) & block.keys(other, TABLES)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Quispe", "Quiroz"), ("Huaman", "Huanca"), ("Condori", "Cordova"), ("Flores", "Torres"), ("Mamani", "Maynas")],
)
def test_other_surnames_stay_other_surnames(one: str, other: str) -> None:
    assert grade(_surname(one), _surname(other)) == 0


@given(_LETTERS, _LETTERS)
def test_names_are_graded_alike_from_both_sides(one: str, other: str) -> None:
    a, b = prepare(Fields("a", given=one), TABLES).given, prepare(Fields("b", given=other), TABLES).given

    assert [[grade(x, y) for y in b] for x in a] == [[grade(y, x) for y in b] for x in a]


@given(_LETTERS)
def test_a_name_agrees_wholly_with_itself(name: str) -> None:
    assert all(grade(part, part) == 3 for part in prepare(Fields("a", given=name), TABLES).given)


def _surname(name: str) -> Part:
    return prepare(Fields("a", given="Maria", surname1=name, surname2="Tapullima"), TABLES).surnames[0]

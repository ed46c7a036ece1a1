"""Two systems of codes, homonyms and places smaller than a district."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.pack import current
from amparo.pack.places import District, Places, SubPlace, fold

PLACES: Places = current.pack().places
DISTRICTS = sorted(PLACES.districts.values(), key=lambda district: district.code)
districts = st.sampled_from(DISTRICTS)
ACCENTS = str.maketrans("áéíóúüñÁÉÍÓÚÜÑ", "aeiouunAEIOUUN")


def _mean(code: str, system: str) -> tuple[str, str] | None:
    found = PLACES.by_code(code, system)
    return (found.department, found.name) if found else None


@pytest.mark.parametrize(
    ("code", "inei", "reniec"),
    [
        ("160101", ("Loreto", "Iquitos"), ("Madre de Dios", "Tambopata")),
        ("170101", ("Madre de Dios", "Tambopata"), ("Moquegua", "Moquegua")),
        ("150101", ("Lima", "Lima"), ("Loreto", "Iquitos")),
        ("080101", ("Cusco", "Cusco"), ("Huancavelica", "Huancavelica")),
        ("070101", ("Callao", "Callao"), ("Cusco", "Cusco")),
        ("240101", ("Tumbes", "Tumbes"), ("Callao", "Callao")),
    ],
)
def test_a_bare_code_means_a_different_place_in_each_system(
    code: str, inei: tuple[str, str], reniec: tuple[str, str]
) -> None:
    assert _mean(code, "inei") == inei
    assert _mean(code, "reniec") == reniec
    assert PLACES.is_ambiguous(code)


def test_a_code_of_the_same_place_in_both_systems_is_not_ambiguous() -> None:
    assert not PLACES.is_ambiguous("010101")
    assert PLACES.meanings("999999") == {}


def test_the_number_of_ambiguous_codes_is_the_one_that_was_counted() -> None:
    codes = {code for district in DISTRICTS for code in district.codes.values()}

    assert len(DISTRICTS) == 1893
    assert sum(PLACES.is_ambiguous(code) for code in codes) in range(990, 1010)


@pytest.mark.parametrize(
    ("department", "districts_there", "inei_means_other", "reniec_means_other"),
    [("16", 55, 9, 48), ("17", 11, 11, 9), ("08", 116, 50, 7)],
)
def test_the_pilot_regions_hold_as_many_ambiguous_codes_as_were_counted_by_hand(
    department: str, districts_there: int, inei_means_other: int, reniec_means_other: int
) -> None:
    there = [district for district in DISTRICTS if district.department_code == department]

    assert len(there) == districts_there
    assert sum(PLACES.by_code(d.code, "reniec") not in (None, d) for d in there) == inei_means_other
    assert sum(PLACES.by_code(d.codes["reniec"]) not in (None, d) for d in there) == reniec_means_other


@given(districts)
def test_every_code_leads_back_to_its_district(district: District) -> None:
    for system, code in district.codes.items():
        assert PLACES.by_code(code, system) is district
        assert PLACES.meanings(code)[system] is district


@given(districts, st.booleans(), st.booleans())
def test_a_district_is_found_by_name_whatever_its_capitals_and_accents(
    district: District, lower: bool, plain: bool
) -> None:
    written = district.name.lower() if lower else district.name.upper()
    written = written.translate(ACCENTS) if plain else written

    assert district in PLACES.search(written)
    assert district in PLACES.search(f"  {written} ", department=district.department)


@given(districts)
def test_a_search_never_leaves_the_department_asked_for(district: District) -> None:
    found = PLACES.search(district.name, department=district.department_code)

    assert found
    assert {place.department for place in found} == {district.department}


@given(districts)
def test_a_name_is_resolved_only_to_a_district_of_that_name(district: District) -> None:
    found = PLACES.resolve(district.name, department=district.department, province=district.province)

    assert found is None or fold(found.name) == fold(district.name)


@given(st.text(max_size=60))
def test_no_text_breaks_a_search(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    PLACES.search(text)
    PLACES.mentioned(text)


def test_homonyms_come_back_together_and_are_never_guessed() -> None:
    assert len(PLACES.search("Santa Rosa")) >= 10
    assert PLACES.resolve("Santa Rosa") is None
    assert {district.department for district in PLACES.search("Belén")} >= {"Loreto", "Ayacucho"}


def test_department_and_province_tell_homonyms_apart() -> None:
    belen = PLACES.resolve("BELEN", department="loreto")

    assert belen is not None
    assert belen.code == "160112"


def test_a_capital_is_found_by_the_name_that_people_say() -> None:
    assert [district.code for district in PLACES.search("Puerto Maldonado")] == ["170101"]
    assert [district.code for district in PLACES.search("caballococha")] == ["160401"]
    assert [district.code for district in PLACES.search("Quillabamba")] == ["080901"]


def test_a_district_that_was_replaced_keeps_its_code_but_its_name_means_the_new_one() -> None:
    old = PLACES.by_code("160109")
    new = PLACES.resolve("Putumayo", department="Loreto")

    assert old is not None
    assert old.valid_to is not None
    assert new is not None
    assert new.code == "160801"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("LA PAMPA KM 108", "lp-la-pampa"),
        ("bar en La Pampa, interoceánica sur", "lp-la-pampa"),
        ("DELTA 1 - BAJO PUQUIRI", "lp-delta1"),
        ("masuko", "lp-mazuko"),
    ],
)
def test_a_smaller_place_is_read_out_of_a_free_text(text: str, code: str) -> None:
    assert code in [place.code for place in PLACES.mentioned(text)]


def test_a_name_inside_a_longer_word_is_no_mention() -> None:
    assert PLACES.mentioned("PAMPA HERMOSA") == []
    assert "lp-delta1" not in [place.code for place in PLACES.mentioned("DELTA 12")]


def test_a_mention_can_be_kept_within_a_department() -> None:
    assert PLACES.mentioned("Mazuko", within="170101")
    assert PLACES.mentioned("Mazuko", within="160101") == []


def test_a_smaller_place_is_counted_in_its_district() -> None:
    place = PLACES.get("lp-la-pampa")
    district = PLACES.district_of("lp-la-pampa")

    assert isinstance(place, SubPlace)
    assert district is not None
    assert district.code == "170102"
    assert "Inambari" in PLACES.label("lp-la-pampa")


def test_the_system_of_a_file_is_told_by_its_names() -> None:
    assert PLACES.likely_system([("070101", "CUSCO"), ("150101", "IQUITOS")]) == "reniec"
    assert PLACES.likely_system([("080101", "Cusco"), ("160101", "Iquitos")]) == "inei"
    assert PLACES.likely_system([("010101", "CHACHAPOYAS")]) is None
    assert PLACES.likely_system([]) is None


@given(
    st.lists(districts, min_size=8, max_size=8, unique_by=lambda district: district.code),
    st.sampled_from(["inei", "reniec"]),
)
def test_a_file_written_in_one_system_is_never_taken_for_the_other(sample: list[District], system: str) -> None:
    pairs = [(district.codes[system], district.name) for district in sample if system in district.codes]

    assert PLACES.likely_system(pairs) in {system, None}

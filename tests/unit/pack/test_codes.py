"""Code lists map to the international standard with values that the standard has."""

from __future__ import annotations

import pytest

from amparo.pack import current

PACK = current.pack()
MAPPED = [name for name, codes in PACK.codes.items() if codes.info.htcds]


@pytest.mark.parametrize("name", MAPPED)
def test_every_mapping_names_a_value_of_the_standard(name: str) -> None:
    codes = PACK.codes[name]
    values = PACK.htcds[codes.info.htcds]

    assert {value for code in codes.values() for value in code.htcds} <= values


@pytest.mark.parametrize("name", ["finalidad", "captacion", "control", "relacion", "situacion_victima"])
def test_every_answer_of_a_core_list_can_be_carried_to_the_standard(name: str) -> None:
    unmapped = [code.code for code in PACK.codes[name].values() if not code.htcds]

    assert set(unmapped) <= {"NI", "NA"}


def test_every_purpose_counts_in_one_group_of_the_statistics_office() -> None:
    groups = {code.maps.get("inei", "") for code in PACK.codes["finalidad"].values() if code.code != "NA"}

    assert groups == {"Explotación sexual", "Explotación laboral", "Otras", "No identificado"}


def test_a_detail_counts_in_the_same_groups_as_what_it_is_part_of() -> None:
    purposes = PACK.codes["finalidad"]

    for code in purposes.values():
        if code.parent:
            assert code.maps["inei"] == purposes[code.parent].maps["inei"]
            assert code.htcds == purposes[code.parent].htcds


def test_every_old_crime_with_a_new_number_points_to_one_that_exists() -> None:
    crimes = PACK.codes["delito"]
    pointed = {code.maps["now"] for code in crimes.values() if "now" in code.maps}

    assert pointed
    assert pointed <= set(crimes)


def test_every_people_names_a_language_and_departments_that_exist() -> None:
    departments = PACK.places.departments()

    for people in PACK.codes["pueblo"].values():
        assert people.maps.get("language", "spa") in PACK.codes["lengua"]
        assert set(filter(None, people.maps.get("regions", "").split(";"))) <= set(departments)


def test_every_service_has_an_area_and_providers_that_exist() -> None:
    for service in PACK.codes["servicio"].values():
        if service.code in {"NI", "NA", "OTRO"}:
            continue
        assert service.maps["area"] in PACK.codes["area_pri"]
        assert set(service.maps["providers"].split(";")) <= set(PACK.institutions)


def test_labels_are_spanish_with_their_accents() -> None:
    labels = {
        word for codes in PACK.codes.values() for code in codes.values() for word in code.label_es.lower().split()
    }

    assert labels & {"explotación", "policía", "captación", "atención", "niñas,", "protección"}
    assert not labels & {"explotacion", "policia", "captacion", "atencion", "niñas,y", "nina", "proteccion", "medico"}
    assert not {word for word in labels if word.endswith(("cion", "sion")) and len(word) > 5}


@pytest.mark.parametrize("scheme", ["inei", "mp", "penal", "aurora"])
def test_the_age_groups_of_a_scheme_cover_every_age_once(scheme: str) -> None:
    groups = [code.maps for code in PACK.codes["banda_edad"].values() if code.maps["scheme"] == scheme]
    ages = [age for group in groups for age in range(int(group["from"]), int(group.get("to", "120")) + 1)]

    assert ages == list(range(121))

"""The world knows no pack, so its tables are held to the pack's here: districts, offices, roles, codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from amparo.pack.loader import load
from amparo.pack.places import fold
from amparo.world import persons, places
from amparo.world.draw import table
from amparo.world.registers import calp, cem, mp, pnp, upe
from amparo.world.registers.offices import offices, station_names
from amparo.world.users import DEMO_USERS

PACK = Path(__file__).parents[3] / "packs" / "peru"


@pytest.fixture(scope="module")
def pack():
    return load(PACK)


def test_districts_have_the_packs_codes_in_both_systems(pack):
    for district in places.districts().values():
        known = pack.places.by_code(district.inei, "inei")

        assert known is not None, district
        assert known.codes["reniec"] == district.reniec, district


def test_offices_in_the_files_are_offices_of_the_pack(pack):
    written = []
    for site in places.sites().items:
        unit = offices(site.department)
        written += [("pnp", name) for name in (*unit.police, *station_names(site.station))]
        written += [("mimp", site.cem), ("mimp", f"UPE {site.department}")]
        written += [("mp", unit.fiscalia), ("mp", unit.second_fiscalia)]
    written += [("mimp", f"UPE {row['department']}") for row in table("districts")]
    written += [("chs", "CALP Iquitos"), ("chs", "CALP Lima")]

    unknown = sorted({(who, name) for who, name in written if pack.office_named(name, institution=who) is None})

    assert unknown == []


def test_shelters_are_known_by_the_packs_opaque_codes(pack):
    shelters = {shelter.lower() for row in table("offices") for shelter in row["shelters"].split("|")}

    assert shelters <= set(pack.offices)


@pytest.mark.parametrize("user", DEMO_USERS, ids=lambda user: user.username)
def test_a_demo_user_has_a_role_and_an_office_of_the_pack(pack, user):
    role = pack.roles[user.role]

    assert user.institution in pack.institutions
    assert role.institution in {"*", user.institution}
    if user.office:
        office = pack.offices[user.office]
        assert office.institution == user.institution
        assert not role.units or office.unit in role.units
        assert not user.department or user.department in office.departments


def test_every_role_of_the_pack_has_a_demo_user(pack):
    assert {user.role for user in DEMO_USERS} == set(pack.roles)


def test_codes_of_the_world_are_codes_of_the_pack(pack):
    assert set(pnp.PURPOSES) <= set(pack.codes["finalidad"])
    assert set(pnp.MODALITIES) <= set(pack.codes["captacion"])
    assert set(pnp.DOCUMENTS) <= set(pack.codes["documento"])
    assert set(pnp.NATIONALITIES) - {""} <= set(pack.codes["nacionalidad"])
    assert set(cem.LANGUAGES) <= set(pack.codes["lengua"])
    assert persons.NONE in pack.codes["documento"]


@pytest.mark.parametrize(
    ("source", "column", "words"),
    [
        ("pnp-reta", "SEXO", pnp.SEXES),
        ("pnp-reta", "TIPO_DOC", pnp.DOCUMENTS),
        ("pnp-reta", "NACIONALIDAD", pnp.NATIONALITIES),
        ("pnp-reta", "MODALIDAD_CAPTACION", pnp.MODALITIES),
        ("pnp-reta", "FINALIDAD", pnp.PURPOSES),
        ("pnp-reta", "DERIVADO_A", pnp.REFERRED_TO),
        ("mp", "NACIONALIDAD", mp.NATIONALITIES),
        ("mp", "UDAVIT", mp.UDAVIT),
        ("mp", "ESTADO", mp.STATES),
        ("mp", "DELITO", dict(zip(mp.CRIMES, mp.CRIMES, strict=True))),
        ("mimp-cem", "SEXO", cem.SEXES),
        ("mimp-cem", "TIPO_DOC", cem.DOCUMENTS),
        ("mimp-cem", "NACIONALIDAD", cem.NATIONALITIES),
        ("mimp-cem", "LENGUA_MATERNA", cem.LANGUAGES),
        ("mimp-cem", "TIPO_VIOLENCIA", cem.VIOLENCE),
        ("mimp-cem", "NIVEL_RIESGO", cem.RISKS),
        ("mimp-cem", "DERIVADO_DE", cem.REFERRED_BY),
        ("mimp-cem", "MOTIVO_CIERRE", cem.CLOSED_BECAUSE),
        ("mimp-upe", "TIPO_DOC", upe.DOCUMENTS),
        ("mimp-upe", "NACIONALIDAD", upe.NATIONALITIES),
        ("mimp-upe", "TIPO_PROCEDIMIENTO", upe.PROCEDURES),
        ("mimp-upe", "MEDIDA", upe.MEASURES),
        ("mimp-upe", "MOTIVO_EGRESO", upe.LEFT_BECAUSE),
        ("calp", "persona.sexo", calp.SEXES),
        ("calp", "persona.documento.tipo", calp.DOCUMENTS),
        ("calp", "hecho.finalidades", calp.PURPOSES),
        ("calp", "hecho.captacion", calp.MODALITIES),
        ("calp", "cierre.motivo", calp.CLOSED_BECAUSE),
    ],
)
def test_every_word_that_a_file_may_hold_is_a_word_of_its_layout(pack, source, column, words):
    layout = pack.imports[source][-1]
    known = {fold(word) for word in layout.words_for(layout.column(column))}

    assert {fold(word) for word in words.values() if word} - known == set()

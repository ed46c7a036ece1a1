"""The world knows no pack, so its tables are held to the pack's here: districts, offices, roles, codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from amparo.pack.loader import load
from amparo.world import persons, places
from amparo.world.draw import table
from amparo.world.registers import cem, pnp
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

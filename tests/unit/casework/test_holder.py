"""Whom somebody from outside is told to call about a person."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from amparo.casework.queries.search import Holder, holder
from amparo.registries.queries.records import RecordFacts


def record(number: int, institution: str, unit: str, office: str, on: date) -> RecordFacts:
    return RecordFacts(UUID(int=number), "", "", institution, unit, office, "", on, "", "", 1)


POLICE = record(1, "pnp", "pnp", "pnp-iquitos", date(2026, 1, 1))
SHELTER = record(2, "inabif", "car", "car-somewhere", date(2026, 5, 1))


def test_a_shelter_is_never_named_though_it_knows_her_last() -> None:
    assert holder([POLICE, SHELTER]) == Holder("pnp", "pnp", "pnp-iquitos")


def test_where_only_a_shelter_knows_her_its_institution_is_named_and_no_house() -> None:
    assert holder([SHELTER]) == Holder("inabif", "", "")

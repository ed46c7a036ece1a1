"""A place within a district counts as its district: offices answer for districts."""

from __future__ import annotations

from datetime import date

from amparo.casework import models
from amparo.casework.actions import rebuild
from tests import worlds
from tests.worlds import FLOR, NOW, POLICE, Happening

LA_PAMPA = "lp-la-pampa"


def test_who_was_found_in_a_mining_strip_is_owed_by_the_offices_of_its_department() -> None:
    record = worlds.record(FLOR, POLICE, Happening("rescate", date(2026, 9, 1), place=LA_PAMPA))

    person = rebuild.around(touched=[record], at=NOW)[0]

    assert models.Person.objects.get(id=person).departments == ["17"]
    protection = models.Obligation.objects.filter(person=person, unit="upe").first()
    assert protection is not None
    assert protection.office == "mimp-upe-madre-de-dios"

"""A user is let in only where role, institution and office go together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from amparo.access import actions, changes
from amparo.access.actions import NewUser
from amparo.access.actors import MACHINE
from amparo.access.changes import Change
from amparo.access.models import User
from amparo.kernel.errors import Invalid
from tests import worlds
from tests.worlds import NOW


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def let_in(role: str, institution: str, office: str) -> None:
    user = NewUser("alguien", "Alguien", role, institution, office)
    actions.create_user(actor=MACHINE, user=user, password="una clave larga", at=NOW)


@pytest.mark.parametrize(
    ("role", "institution", "office", "code"),
    [
        ("pnp-registrador", "mimp", "mimp-upe-madre-de-dios", "access.role_of_another_institution"),
        ("pnp-registrador", "pnp", "mimp-upe-madre-de-dios", "access.office_of_another_role"),
        ("mimp-cem", "mimp", "mimp-upe-madre-de-dios", "access.office_of_another_role"),
        ("mimp-cem", "mimp", "nowhere", "access.unknown_office"),
        ("nobody", "mimp", "", "access.unknown_role"),
        ("mimp-cem", "nobody", "", "access.unknown_institution"),
    ],
)
def test_a_role_is_not_lent_to_another_office(role: str, institution: str, office: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        let_in(role, institution, office)

    assert refused.value.code == code
    assert not User.objects.exists()


def test_whose_role_and_office_go_together_is_let_in() -> None:
    let_in("mimp-cem", "mimp", "mimp-cem-iquitos")

    assert User.objects.get().office == "mimp-cem-iquitos"


@pytest.mark.parametrize(("before", "after"), [("mimp-cem", "odp"), ("odp", "mimp-cem"), ("mimp-cem", "titular-banco")])
def test_no_officer_alone_gives_or_takes_what_watches_over_others(before: str, after: str) -> None:
    offices = {"mimp-cem": "mimp-cem-iquitos", "odp": "mimp-odp"}
    made = actions.create_user(
        actor=MACHINE, user=NewUser("alguien", "Alguien", before, "mimp", ""), password="una clave larga", at=NOW
    )

    with pytest.raises(Invalid, match="guarding_role"):
        changes.change(actor=worlds.actor("odp"), user_id=made.id, change=Change(after, offices.get(after, "")), at=NOW)

    assert User.objects.get(username="alguien").role == before

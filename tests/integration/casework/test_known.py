"""Whether somebody is known before a record of hers is written: who may be told of whom, and what is written down."""

from __future__ import annotations

import json
from datetime import date, timedelta
from uuid import UUID

import pytest

from amparo.access import alerts, exclusions, trawling
from amparo.access.exclusions import Whom
from amparo.casework.actions import rebuild
from amparo.casework.queries import known
from amparo.casework.queries.known import Answer
from amparo.casework.rules.knowing import Told
from amparo.kernel.errors import Denied, Invalid
from amparo.ledger.models import Entry
from tests import worlds
from tests.worlds import CEM_IQUITOS, FLOR, NOW, POLICE, PROSECUTOR, RESCUE, ROSA, UPE, Happening

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

HERS = Told(given="Flor Lucero", surnames="Ahuanari de la Cruz", birth="14/05/2010", document="71234567")
ORDER = Happening("medida_proteccion", date(2026, 9, 3), {"clave_reserva": "SI"})


@pytest.fixture
def flor() -> UUID:
    """Flor, known to UPE, and her sister Rosa, known to the police."""
    rebuild.around(touched=[worlds.record(ROSA, POLICE, RESCUE)], at=NOW)
    return rebuild.around(touched=[worlds.record(FLOR, UPE, RESCUE)], at=NOW)[0]


def ask(told: Told = HERS, role: str = "mimp-upe", office: worlds.Office | None = UPE) -> Answer:
    return known.ask(actor=worlds.actor(role, office), told=told, purpose="ATENCION", at=NOW)


def test_the_same_person_comes_first_with_what_agrees(flor: UUID) -> None:
    best = ask().found[0]

    assert (best.person.id, best.sureness, best.in_reach, best.initials) == (flor, 3, True, "F. L. A. C.")
    assert {"given", "surnames", "birth", "document"} <= set(best.agreement.agrees)


def test_whoever_has_no_relation_is_told_whom_to_call(flor: UUID) -> None:
    best = ask(role="mimp-cem", office=CEM_IQUITOS).found[0]

    assert (best.in_reach, best.holder.office) == (False, UPE.office)


def test_a_stranger_is_nobody(flor: UUID) -> None:
    assert ask(Told(given="Bruna", surnames="Zevallos Yalta", birth="1990")).found == ()


def test_a_role_that_may_know_no_more_is_told_only_of_the_likely(flor: UUID) -> None:
    answer = ask(role="pnp-registrador", office=POLICE)

    assert answer.only_known
    assert [each.person.id for each in answer.found] == [flor]


def test_such_a_role_is_asked_for_more_than_a_common_name(flor: UUID) -> None:
    answer = ask(Told(given="Flor", surnames="Ahuanari"), role="pnp-registrador", office=POLICE)

    assert answer.too_little
    assert not Entry.objects.filter(act=trawling.ASKING).exists()


def test_a_role_that_may_not_ask_is_refused(flor: UUID) -> None:
    with pytest.raises(Denied):
        ask(role="analista", office=None)


def test_a_purpose_of_nobody_s_list_is_refused_before_anything_is_looked_up(flor: UUID) -> None:
    with pytest.raises(Invalid):
        known.ask(actor=worlds.actor("mimp-upe", UPE), told=HERS, purpose="CURIOSIDAD", at=NOW)


def test_whoever_is_kept_away_finds_nobody_and_the_officer_is_told(flor: UUID) -> None:
    officer = worlds.actor("odp")
    whom = Whom(institution="mimp", unit="upe", office=UPE.office)
    exclusions.make(actor=officer, records=[flor], whom=whom, reason="PARENTESCO", at=NOW)

    assert flor not in {each.person.id for each in ask().found}
    assert "excluded_attempt" in [each.kind for each in alerts.of(officer)]
    entry = Entry.objects.filter(act=trawling.ASKING).get()
    assert flor not in set(entry.subjects.values_list("subject", flat=True))


def test_whose_identity_is_reserved_is_told_to_nobody() -> None:
    rebuild.around(touched=[worlds.record(FLOR, PROSECUTOR, RESCUE, ORDER)], at=NOW)

    assert ask().found == ()
    assert ask(role="mp-fiscal", office=PROSECUTOR).found == ()


def test_the_ledger_has_whom_was_found_and_which_parts_were_told_and_never_the_words(flor: UUID) -> None:
    ask()

    entry = Entry.objects.get(act=trawling.ASKING)
    assert flor in set(entry.subjects.values_list("subject", flat=True))
    assert (entry.purpose, entry.detail["by"]) == ("ATENCION", ["given", "surnames", "birth", "document"])
    written = json.dumps([entry.detail, entry.purpose, entry.basis]).lower()
    assert [word for word in ("flor", "ahuanari", "71234567", "2010") if word in written] == []


def test_where_it_cannot_be_written_down_nothing_is_answered(flor: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> int:
        raise OSError

    monkeypatch.setattr("amparo.casework.queries.known.ledger.record", broken)

    with pytest.raises(OSError):  # noqa: PT011 - whatever the ledger raises
        ask()


def test_whoever_goes_through_a_list_is_stopped_and_the_officer_is_told_once(
    flor: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trawling, "LIMITS", ((3, timedelta(minutes=10)),))
    for _ in range(3):
        ask()

    for _ in range(2):
        with pytest.raises(Denied) as refused:
            ask()
        assert refused.value.code == "access.too_many"

    assert [each.kind for each in alerts.of(worlds.actor("odp"))] == ["trawling"]
    assert Entry.objects.filter(act=trawling.ASKING).count() == 3
    later = known.ask(
        actor=worlds.actor("mimp-upe", UPE), told=HERS, purpose="ATENCION", at=NOW + timedelta(minutes=11)
    )
    assert later.found

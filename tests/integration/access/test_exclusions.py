"""Whoever is kept away from a person finds her nowhere, whatever the role, and the officer learns that she tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from amparo.access import alerts, exclusions
from amparo.access.actors import Actor
from amparo.access.exclusions import Whom
from amparo.access.models import Exclusion, User
from amparo.casework.actions import deciding, emergency, rebuild, refusing
from amparo.casework.actions.deciding import Told
from amparo.casework.queries import judging, opened_record, persons, questions, readings, search, threads, todo
from amparo.casework.queries.todo import Filters
from amparo.kernel.errors import Conflict, Denied, Invalid, NotFound
from amparo.ledger import queries as ledger
from amparo.registries.models import Judgement, Pair
from tests import worlds
from tests.worlds import FLOR, NOW, POLICE, RESCUE, UPE

OFFICER = "odp"
REASON = "PARENTESCO"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def two() -> tuple[UUID, UUID]:
    """Flor as the police and as UPE wrote her; two persons until somebody joins them."""
    records = worlds.record(FLOR, POLICE, RESCUE), worlds.record(FLOR, UPE, RESCUE)
    for record in records:
        rebuild.around(touched=[record], at=NOW)
    return records


def officer(name: str = OFFICER) -> Actor:
    return replace(worlds.actor("odp"), name=name)


def keep_away(whom: Whom, *records: UUID) -> UUID:
    if whom.username and whom.username != "nobody" and not User.objects.filter(username=whom.username).exists():
        worlds.user(OFFICER, name=whom.username)
    return exclusions.make(actor=officer(), records=records, whom=whom, reason=REASON, at=NOW)


def told(who: Actor) -> list[str]:
    return [notice.kind for notice in alerts.of(who)]


def test_who_is_kept_away_finds_her_in_no_list_page_count_or_search(two: tuple[UUID, UUID]) -> None:
    upe, (_, hers) = worlds.actor("mimp-upe", UPE), two
    assert persons.get(upe, hers)
    keep_away(Whom(username=upe.name), hers)

    assert not persons.visible(upe).filter(id=hers).exists()
    listed = todo.read(actor=upe, filters=Filters(mine=False), at=NOW)
    assert hers not in {owed.person.id for owed in listed.people}
    for read in (
        lambda: threads.read(actor=upe, person_id=hers, at=NOW),
        lambda: opened_record.read(actor=upe, record_id=hers, at=NOW),
        lambda: emergency.break_glass(
            actor=upe, person_id=hers, reason="MEDICA", words="x" * 40, parts=["case"], at=NOW
        ),
    ):
        with pytest.raises(NotFound):
            read()
    found = search.search(actor=upe, text="71234567", extra={}, purpose="ATENCION", at=NOW)
    assert hers not in {each.person.id for each in found.found}


def test_a_whole_unit_can_be_kept_away_and_another_office_is_not(two: tuple[UUID, UUID]) -> None:
    upe, (_, hers) = worlds.actor("mimp-upe", UPE), two
    keep_away(Whom(institution="mimp", unit="upe", office="mimp-upe-loreto"), hers)
    assert persons.get(upe, hers)

    keep_away(Whom(institution="mimp", unit="upe"), hers)

    with pytest.raises(NotFound):
        persons.get(upe, hers)


def test_it_beats_the_roles_that_see_everything(two: tuple[UUID, UUID]) -> None:
    low, high = sorted(two)
    pair = Pair.objects.create(
        id=uuid4(), left_id=low, right_id=high, score=1.0, probability=0.5, verdict="ask", model="t", scored_at=NOW
    )
    answer = Judgement.objects.create(left_id=low, right_id=high, answer="unsure", by="x", at=NOW)
    reviewer, other_officer = worlds.actor("revisor"), officer("odp-2")
    keep_away(Whom(username=reviewer.name), low)
    keep_away(Whom(username=other_officer.name), low)

    with pytest.raises(NotFound):
        judging.open_pair(actor=reviewer, pair_id=pair.id, purpose="PENDIENTES", at=NOW)
    with pytest.raises(NotFound):
        deciding.decide(actor=reviewer, pair_id=pair.id, told=Told("same", ""), at=NOW)
    with pytest.raises(NotFound):
        deciding.undo(actor=reviewer, judgement_id=answer.id, at=NOW)
    hidden = judging.hidden_from(reviewer)
    assert questions.of_reviewer(reviewer.name, without=hidden) == []
    assert judging.decided(actor=reviewer, start=0, limit=9, mine=False) == ([], 0)
    with pytest.raises(NotFound):
        readings.about(actor=other_officer, person_id=low, at=NOW)
    seen = readings.read(actor=other_officer, filters=readings.Filters(), at=NOW)
    assert low not in {line.person.id for line in seen.lines if line.person}


def test_joining_and_separating_keep_it_protective(two: tuple[UUID, UUID]) -> None:
    upe, reviewer, (police, hers) = worlds.actor("mimp-upe", UPE), worlds.actor("revisor"), two
    low, high = sorted(two)
    pair = Pair.objects.create(
        id=uuid4(), left_id=low, right_id=high, score=1.0, probability=0.5, verdict="ask", model="t", scored_at=NOW
    )
    keep_away(Whom(username=upe.name), police)
    assert persons.get(upe, hers)

    # A child's records are joined by two people.
    for who in (reviewer, replace(reviewer, name="second")):
        answer = deciding.decide(actor=who, pair_id=pair.id, told=Told("same", ""), at=NOW)
    with pytest.raises(NotFound):
        persons.get(upe, hers)

    deciding.undo(actor=reviewer, judgement_id=answer.judgement, at=NOW + timedelta(minutes=1))
    assert persons.get(upe, hers)
    with pytest.raises(NotFound):
        opened_record.read(actor=upe, record_id=police, at=NOW)


def test_trying_raises_a_notice_to_the_officer_and_to_nobody_else(two: tuple[UUID, UUID]) -> None:
    upe, (_, hers) = worlds.actor("mimp-upe", UPE), two
    keep_away(Whom(username=upe.name), hers)

    search.search(actor=upe, text="71234567", extra={}, purpose="ATENCION", at=NOW)
    refusing.refused(actor=upe, route="thread", reason="person.unknown", named={"person": hers}, at=NOW)

    assert told(officer()) == ["excluded_attempt", "excluded_attempt"]
    assert told(upe) == []
    denied = ledger.latest(act="access.denied")
    assert [(entry.actor, entry.basis) for entry in denied] == [(upe.name, "excluded")] * 2
    assert [alert.subjects for alert in alerts.of(officer())] == [(hers,)] * 2


def test_lifting_takes_two_people_and_the_officer_is_told(two: tuple[UUID, UUID]) -> None:
    upe, (_, hers) = worlds.actor("mimp-upe", UPE), two
    made = keep_away(Whom(username=upe.name), hers)

    assert exclusions.lift(actor=officer(), exclusion_id=made, at=NOW) is False
    with pytest.raises(Conflict):
        exclusions.lift(actor=officer(), exclusion_id=made, at=NOW)
    with pytest.raises(NotFound):
        persons.get(upe, hers)

    assert exclusions.lift(actor=officer("second"), exclusion_id=made, at=NOW) is True
    assert persons.get(upe, hers)
    assert told(officer("third")) == ["exclusion_lifting", "exclusion_lifting"]
    kept = Exclusion.objects.get()
    assert (kept.by, kept.lift_asked_by, kept.lifted_by) == (OFFICER, OFFICER, "second")


def test_nobody_lifts_her_own_and_only_the_officer_keeps_anybody_away(two: tuple[UUID, UUID]) -> None:
    worlds.user("odp", name="kin")
    kin = officer("kin")
    made = keep_away(Whom(username="kin"), two[1])

    with pytest.raises(NotFound):
        exclusions.lift(actor=kin, exclusion_id=made, at=NOW)
    whole = keep_away(Whom(institution="mimp", unit="datos_personales"), two[0])
    with pytest.raises(NotFound):
        exclusions.lift(actor=kin, exclusion_id=whole, at=NOW)
    with pytest.raises(Denied):
        exclusions.make(
            actor=worlds.actor("mimp-upe", UPE), records=two, whom=Whom(username="kin"), reason=REASON, at=NOW
        )


@pytest.mark.parametrize("whom", [Whom(), Whom(username="nobody"), Whom(institution="mimp", unit="pnp")])
def test_it_must_be_somebody_and_have_a_reason(two: tuple[UUID, UUID], whom: Whom) -> None:
    with pytest.raises(Invalid):
        keep_away(whom, two[1])
    with pytest.raises(Invalid):
        exclusions.make(
            actor=officer(), records=two, whom=Whom(institution="mimp", unit="upe"), reason="PORQUE SI", at=NOW
        )

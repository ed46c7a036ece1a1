"""An office gives a person to one of its workers by name: it opens nothing more, and the ledger says so."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.access import exclusions
from amparo.access.actors import Actor
from amparo.access.exclusions import Whom
from amparo.access.models import User
from amparo.access.queries import actor_of
from amparo.casework.actions import assigning, rebuild
from amparo.casework.models import Assignment
from amparo.casework.queries import assignments, persons, threads
from amparo.kernel.errors import Denied, Invalid, NotFound
from amparo.ledger import queries as ledger
from amparo.registries.actions import judging
from amparo.registries.actions.judging import Answer
from tests import worlds
from tests.worlds import CEM_IQUITOS, FLOR, NOW, RESCUE, ROSA, UPE

LORETO = worlds.Office("mimp-upe", "mimp", "upe", "mimp-upe-loreto", "16")


@pytest.fixture
def head() -> Actor:
    return actor_of(worlds.user("mimp-upe", UPE, name="jefa"))


@pytest.fixture
def worker() -> Actor:
    return actor_of(worlds.user("mimp-upe", UPE, name="trabajadora"))


@pytest.fixture
def girl() -> UUID:
    return rebuild.around(touched=[worlds.record(FLOR, UPE, RESCUE)], at=NOW)[0]


def shown(actor: Actor, show: assignments.Show = "") -> list[tuple[UUID, str]]:
    found = assignments.read(actor=actor, show=show, page=1, at=NOW)
    return [(each.person.id, each.username) for each in found.people]


def test_who_has_her_reads_her_as_such_and_the_rest_of_the_office_as_before(
    head: Actor, worker: Actor, girl: UUID
) -> None:
    assert shown(head) == shown(head, "nobody") == [(girl, "")]

    assigning.assign(actor=head, person_id=girl, username="trabajadora", at=NOW)

    assert shown(worker, "mine") == [(girl, "trabajadora")]
    assert shown(head, "nobody") == shown(head, "mine") == []
    for actor in (worker, head):
        threads.read(actor=actor, person_id=girl, at=NOW)
    assert [entry.basis for entry in ledger.latest(limit=2, act="thread.read")] == ["record", "assigned"]


def test_another_takes_over_and_history_keeps_both(head: Actor, worker: Actor, girl: UUID) -> None:
    for name in ("trabajadora", "jefa", ""):
        assigning.assign(actor=head, person_id=girl, username=name, at=NOW)

    assert shown(worker) == [(girl, "")]
    assert [(each.username, each.ended_by) for each in Assignment.objects.order_by("id")] == [
        ("trabajadora", "jefa"), ("jefa", "jefa"),
    ]  # fmt: skip
    told = [entry.detail for entry in reversed(ledger.latest(limit=3, act="person.assign"))]
    assert told[1] == {"to": "jefa", "before": ["trabajadora"]}


def test_it_stays_with_her_through_a_join(head: Actor, worker: Actor, girl: UUID) -> None:
    assigning.assign(actor=head, person_id=girl, username="trabajadora", at=NOW)
    other = worlds.record(FLOR, CEM_IQUITOS)
    judging.judge(actor=worlds.actor("revisor"), answer=Answer(girl, other, "same", "records"), at=NOW)
    (whole,) = rebuild.around(touched=[girl, other], at=NOW)

    assert shown(worker, "mine") == [(whole, "trabajadora")]


def test_only_within_the_office_and_to_who_may_know_her(head: Actor, worker: Actor, girl: UUID) -> None:
    worlds.user("mimp-cem", CEM_IQUITOS, name="otra")
    gone = worlds.user("mimp-upe", UPE, name="se-fue")
    User.objects.filter(id=gone.id).update(is_active=False)
    for name in ("otra", "se-fue", "nadie-asi"):
        with pytest.raises(Invalid, match="not_possible"):
            assigning.assign(actor=head, person_id=girl, username=name, at=NOW)
    exclusions.make(
        actor=worlds.actor("odp"), records=[girl], whom=Whom(username="trabajadora"), reason="PARENTESCO", at=NOW
    )
    with pytest.raises(Invalid, match="not_possible"):
        assigning.assign(actor=head, person_id=girl, username="trabajadora", at=NOW)
    elsewhere = rebuild.around(touched=[worlds.record(ROSA, CEM_IQUITOS)], at=NOW)[0]
    with pytest.raises(NotFound):
        assigning.assign(actor=head, person_id=elsewhere, username="jefa", at=NOW)
    with pytest.raises(Denied):
        assigning.assign(actor=worlds.actor("odp"), person_id=girl, username="", at=NOW)
    assert not Assignment.objects.exists()


def test_a_colleague_who_is_kept_away_is_refused_like_a_stranger(head: Actor, worker: Actor, girl: UUID) -> None:
    """Neither the answer nor the work behind it tells why."""
    worlds.user("mimp-cem", CEM_IQUITOS, name="otra")
    exclusions.make(
        actor=worlds.actor("odp"), records=[girl], whom=Whom(username="trabajadora"), reason="PARENTESCO", at=NOW
    )

    def refused(name: str) -> tuple[object, list[str]]:
        with CaptureQueriesContext(connection) as asked, pytest.raises(Invalid) as error:
            assigning.assign(actor=head, person_id=girl, username=name, at=NOW)
        plain = [re.sub(r"'[^']*'|s\d+_x\d+", "?", each["sql"]) for each in asked.captured_queries]
        return (error.value.code, error.value.params), plain

    kept_away, *others = map(refused, ("trabajadora", "otra", "nadie-asi"))
    assert others == [kept_away, kept_away]


def test_one_person_is_shown_alone_and_nobody_where_she_is_another_office_s(head: Actor, girl: UUID) -> None:
    rebuild.around(touched=[worlds.record(ROSA, UPE, RESCUE)], at=NOW)
    elsewhere = rebuild.around(touched=[worlds.record(ROSA, CEM_IQUITOS)], at=NOW)[0]

    alone, nobody = (
        assignments.read(actor=head, show="", page=1, at=NOW, only=each).people for each in (girl, elsewhere)
    )

    assert [each.person.id for each in alone] == [girl]
    assert nobody == ()


def test_who_moves_to_another_office_has_her_no_more(head: Actor, worker: Actor, girl: UUID) -> None:
    assigning.assign(actor=head, person_id=girl, username="trabajadora", at=NOW)

    User.objects.filter(username="trabajadora").update(office=LORETO.office)

    moved = actor_of(User.objects.get(username="trabajadora"))
    assert str(persons.relation_to(moved, girl)) == "none"
    assert shown(head, "nobody") == [(girl, "")]

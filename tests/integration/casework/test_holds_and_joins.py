"""A hold on any record of a person protects every record that stands joined with it when something is to be erased."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.access.actors import MACHINE, Actor
from amparo.casework.actions import erasing, holding, places, rebuild
from amparo.casework.actions.erasing import Wanted
from amparo.casework.queries import keeping
from amparo.kernel.errors import Conflict
from amparo.registries.actions import erasing as registries
from amparo.registries.actions import judging
from amparo.registries.actions.judging import Answer
from amparo.registries.models import Judgement, Record
from amparo.registries.queries import protected, retention
from amparo.vault import queries
from amparo.vault.models import Erasure, LegalHold
from tests import worlds
from tests.worlds import FLOR, NOW, POLICE, RESCUE, UPE

BASIS, ARTICLE = "Ley 29733, art. 20", "CPP, art. 220"


@pytest.fixture
def two() -> tuple[UUID, UUID]:
    """A record of UPE's and one of the police's, of the same woman, that nobody has joined."""
    ours, theirs = worlds.record(FLOR, UPE, RESCUE), worlds.record(FLOR, POLICE, RESCUE)
    rebuild.around(touched=[ours, theirs], at=NOW)
    return ours, theirs


def judged(left: UUID, right: UUID, answer: str) -> None:
    reason = "records" if answer == "same" else "otra_persona"
    judging.judge(actor=worlds.actor("revisor"), answer=Answer(left, right, answer, reason), at=NOW)
    rebuild.around(touched=[left, right], at=NOW)


def hold(record: UUID) -> None:
    institution = Record.objects.get(id=record).institution
    keeper = Actor("keeper", institution=institution, capabilities=frozenset({"legal_hold"}))
    holding.place(actor=keeper, records=[record], reason="criminal_proceedings", article=ARTICLE, at=NOW)


def asked(officer: Actor, record: UUID) -> UUID:
    return erasing.ask(actor=officer, wanted=Wanted([record], "ERROR", BASIS), at=NOW)


def opens(record: UUID) -> bool:
    return bool(queries.open_many([record], "identity"))


def test_a_record_that_joins_a_held_person_later_is_protected(
    officer: Actor, holder: Actor, two: tuple[UUID, UUID]
) -> None:
    ours, theirs = two
    request = asked(officer, ours)
    hold(theirs)
    judged(ours, theirs, "same")

    with pytest.raises(Conflict, match="legal_hold"):
        erasing.confirm(actor=holder, request_id=request, at=NOW)

    assert opens(ours)
    assert not Erasure.objects.exists()
    (waiting,) = keeping.overview(actor=holder, at=NOW).waiting
    assert (waiting.kept, waiting.holds) == (True, ())
    assert keeping.about(actor=officer, person_id=ours, at=NOW).kept


def test_what_was_taken_for_hers_by_mistake_is_free_once_it_is_separated(
    officer: Actor, holder: Actor, two: tuple[UUID, UUID]
) -> None:
    ours, theirs = two
    hold(theirs)
    judged(ours, theirs, "same")
    with pytest.raises(Conflict, match="legal_hold"):
        asked(officer, ours)

    judged(ours, theirs, "not_same")
    erasing.confirm(actor=holder, request_id=asked(officer, ours), at=NOW)

    assert (opens(ours), opens(theirs)) == (False, True)


def test_separated_from_the_held_one_it_stays_protected_through_a_third(officer: Actor, two: tuple[UUID, UUID]) -> None:
    ours, theirs = two
    third = worlds.record(FLOR, UPE, RESCUE)
    hold(third)
    judged(ours, theirs, "same")
    judged(theirs, third, "same")

    assert protected.among([ours]) == {ours}
    assert protected.everything() == {ours, theirs, third}


def test_an_erasure_that_was_ordered_waits_where_a_join_brings_a_hold(
    holder: Actor, two: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = two
    with monkeypatch.context() as dying:
        dying.setattr(registries, "finish", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            erasing.erase(actor=holder, records=[ours], basis=BASIS, at=NOW)
    hold(theirs)
    judged(ours, theirs, "same")

    erasing.keep_to_terms(actor=MACHINE, at=NOW)
    assert opens(ours)
    assert not Record.objects.get(id=ours).erased

    LegalHold.objects.update(lifted_at=NOW)
    erasing.keep_to_terms(actor=MACHINE, at=NOW)
    assert not opens(ours)


def test_retention_leaves_who_stands_joined_with_a_held_record(two: tuple[UUID, UUID]) -> None:
    ours, theirs = two
    hold(theirs)
    judged(ours, theirs, "same")
    much_later = NOW + timedelta(days=36500)

    due = {record for rule in retention.report(at=much_later) for record in rule.due if rule.rule.kind == "identity"}
    free = {record for rule in retention.report(at=much_later) for record in rule.free}

    assert due == {ours, theirs}
    assert free.isdisjoint(two)


def test_while_any_record_of_hers_is_held_her_whereabouts_stay(officer: Actor, two: tuple[UUID, UUID]) -> None:
    ours, theirs = two
    judged(ours, theirs, "same")
    places.write(actor=worlds.actor("mimp-upe", UPE), words="Jirón Las Gardenias 1450", person=ours, at=NOW)
    hold(theirs)

    with pytest.raises(Conflict, match="legal_hold"):
        asked(officer, ours)

    assert len(queries.open_many(queries.owners_in("place"), "place")) == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_is_joined_and_parted_exactly_the_people_of_held_records_are_protected(data: st.DataObject) -> None:
    Judgement.objects.all().delete()
    LegalHold.objects.all().delete()
    known = list(Record.objects.values_list("id", flat=True)) or [worlds.record(FLOR, UPE, RESCUE) for _ in range(5)]
    rebuild.everything(at=NOW)
    pairs = st.tuples(st.sampled_from(known), st.sampled_from(known), st.sampled_from(["same", "not_same", "unsure"]))
    for left, right, answer in data.draw(st.lists(pairs, max_size=6)):
        if left != right:
            judged(left, right, answer)
    for record in data.draw(st.sets(st.sampled_from(known), max_size=3)):
        hold(record)

    people = {record: set(keeping.person_of([record])) for record in known}
    held = set(LegalHold.objects.values_list("subject", flat=True))
    expected = {record for record in known if people[record] & held}
    assert protected.everything() == expected
    assert protected.among(known) == expected
    assert all((protected.among([record]) == {record}) == (record in expected) for record in known)

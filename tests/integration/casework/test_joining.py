"""Joining and separating move records, never events, and undoing a decision restores exactly what was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from amparo.access.actors import MACHINE
from amparo.casework.actions import rebuild
from amparo.casework.models import Membership, Obligation, Person, Reach
from amparo.registries.actions import judging, linking
from amparo.registries.actions.judging import Answer
from amparo.registries.models import Judgement, Pair, Record
from tests import worlds
from tests.worlds import CEM_IQUITOS, FLOR, NOW, POLICE, RESCUE, ROSA, UPE


def projections() -> dict[str, list[dict[str, Any]]]:
    """Every projected row without its surrogate key, in a fixed order."""
    found = {}
    for model in (Person, Membership, Reach, Obligation):
        rows = [{k: v for k, v in row.items() if k != "id" or model is Person} for row in model.objects.values()]
        found[model.__name__] = sorted(rows, key=repr)
    return found


def link(*records: UUID) -> None:
    linking.link_waiting(actor=MACHINE, at=NOW)
    rebuild.around(touched=records, at=NOW)


def test_two_records_of_one_person_become_one_thread() -> None:
    police, upe = worlds.record(FLOR, POLICE, RESCUE), worlds.record(FLOR, UPE)

    link(police, upe)

    person = Person.objects.get()
    assert (person.id, person.record_count, person.institutions) == (police, 2, ["mimp", "pnp"])


def test_sisters_found_together_stay_two_people() -> None:
    flor, rosa = worlds.record(FLOR, POLICE, RESCUE), worlds.record(ROSA, POLICE, RESCUE)

    link(flor, rosa)

    assert Person.objects.count() == 2


def test_a_reviewer_overrules_the_machine_and_survives_a_new_run() -> None:
    police, upe = worlds.record(FLOR, POLICE, RESCUE), worlds.record(FLOR, UPE)
    link(police, upe)
    reviewer = worlds.actor("revisor")

    judging.judge(actor=reviewer, answer=Answer(police, upe, "not_same", "otra_persona"), at=NOW)
    rebuild.around(touched=[police, upe], at=NOW)
    assert Person.objects.count() == 2

    Pair.objects.all().delete()
    Record.objects.update(linked=False)
    link(police, upe)
    assert Person.objects.count() == 2


def test_taking_a_judgement_back_restores_the_same_thread() -> None:
    police, upe = worlds.record(FLOR, POLICE, RESCUE), worlds.record(FLOR, UPE)
    link(police, upe)
    before = projections()
    reviewer = worlds.actor("revisor")

    judgement = judging.judge(actor=reviewer, answer=Answer(police, upe, "not_same"), at=NOW)
    rebuild.around(touched=[police, upe], at=NOW)
    judging.withdraw(actor=reviewer, judgement_id=judgement.id, at=NOW + timedelta(minutes=1))
    rebuild.around(touched=[police, upe], at=NOW)

    assert projections() == before


def test_everything_can_be_dropped_and_rebuilt_to_the_same_rows() -> None:
    records = [worlds.record(FLOR, POLICE, RESCUE), worlds.record(FLOR, UPE), worlds.record(ROSA, CEM_IQUITOS, RESCUE)]
    link(*records)
    before = projections()

    rebuild.everything(at=NOW)

    assert projections() == before


def test_a_later_record_does_not_change_the_code_of_a_person() -> None:
    police = worlds.record(FLOR, POLICE, RESCUE)
    link(police)
    code = Person.objects.get().code

    upe = worlds.record(FLOR, UPE)
    link(upe)

    assert Person.objects.get().code == code


class AnySequence(TestCase):
    """Whatever reviewers answer and take back, taking everything back restores the first state."""

    databases = {"default", "vault"}

    @settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(
        st.lists(
            st.tuples(
                st.sampled_from([(0, 1), (0, 2), (1, 2), (2, 3), (1, 3)]),
                st.sampled_from(["same", "not_same", "unsure"]),
            ),
            min_size=1,
            max_size=5,
        )
    )
    def test_undoing_everything_restores_the_same_projections(self, answers: list[tuple[tuple[int, int], str]]) -> None:
        """Join, separate and re-join at random."""
        offices = (POLICE, UPE, CEM_IQUITOS, POLICE)
        people = (FLOR, FLOR, ROSA, replace(ROSA, given="Rosa"))
        records = [worlds.record(who, where, RESCUE) for who, where in zip(people, offices, strict=True)]
        link(*records)
        before, reviewer, given_answers = projections(), worlds.actor("revisor"), []
        for number, ((left, right), answer) in enumerate(answers):
            at = NOW + timedelta(minutes=number)
            judgement = judging.judge(actor=reviewer, answer=Answer(records[left], records[right], answer), at=at)
            rebuild.around(touched=[records[left], records[right]], at=NOW)
            incremental = projections()
            rebuild.everything(at=NOW)
            assert projections() == incremental
            given_answers.append(judgement)
        for judgement in reversed(given_answers):
            judging.withdraw(actor=reviewer, judgement_id=judgement.id, at=NOW + timedelta(hours=1))
            rebuild.around(touched=[judgement.left_id, judgement.right_id], at=NOW)
        assert projections() == before
        assert Judgement.objects.count() == 2 * len(answers)

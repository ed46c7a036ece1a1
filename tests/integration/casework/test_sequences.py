"""Whatever reviewers answer, take back, hand in and compare anew, in whatever order: nothing of it leaves a mark."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from amparo.access.actors import MACHINE, Actor
from amparo.casework.actions import rebuild
from amparo.casework.models import Membership, Obligation, Person, Reach
from amparo.casework.queries import threads
from amparo.kernel.errors import Conflict
from amparo.registries.actions import judging, linking
from amparo.registries.actions.judging import Answer
from amparo.registries.models import Judgement, Record
from amparo.registries.queries import outcomes
from amparo.registries.rules.judging import kind_of_next
from tests import worlds
from tests.worlds import CEM_IQUITOS, FLOR, NOW, POLICE, RESCUE, ROSA, UPE, Happening

OFFICES = (POLICE, UPE, CEM_IQUITOS)
WRITTEN = (Happening("apertura_upe", NOW.date() - timedelta(days=60)), Happening("informacion_derechos", NOW.date()))


def serialised() -> bytes:
    """Every projected row and every thread, as bytes."""
    told: list[str] = []
    for model in (Person, Membership, Reach, Obligation):
        rows = [{k: v for k, v in row.items() if k != "id" or model is Person} for row in model.objects.values()]
        told += [model.__name__, *sorted(map(repr, rows))]
    reader = replace(worlds.actor("mimp-upe", UPE), scope="all")
    for person in Person.objects.order_by("id").values_list("id", flat=True):
        told.append(repr(threads.read(actor=reader, person_id=person, at=NOW)))
    return "\n".join(told).encode()


class Sequences(RuleBasedStateMachine):
    """Two reviewers, an institution that hands in, and the machine."""

    def __init__(self) -> None:
        super().__init__()
        # What one sequence writes, the next must not find.
        self.databases = ExitStack()
        for database in ("default", "vault"):
            self.databases.enter_context(transaction.atomic(using=database))
        self.minutes = 0
        self.records: list[UUID] = []
        self.standing: list[tuple[Actor, UUID]] = []

    def _later(self) -> Any:
        self.minutes += 1
        return NOW + timedelta(minutes=self.minutes)

    @initialize()
    def some_records(self) -> None:
        """Two of one girl, two of her sister."""
        for who, where in ((FLOR, POLICE), (FLOR, UPE), (ROSA, CEM_IQUITOS), (replace(ROSA, given="Rosa"), POLICE)):
            self.records.append(worlds.record(who, where, RESCUE))
        self._compare()

    def _compare(self) -> None:
        linking.link_waiting(actor=MACHINE, at=NOW)
        rebuild.around(touched=self.records, at=NOW)

    @rule(
        data=st.data(), answer=st.sampled_from(["same", "not_same", "unsure"]), who=st.booleans(), risky=st.booleans()
    )
    def somebody_answers(self, data: st.DataObject, answer: str, who: bool, risky: bool) -> None:
        """One of two reviewers, about two records that come."""
        two = data.draw(st.lists(st.sampled_from(self.records), min_size=2, max_size=2, unique=True))
        reviewer = replace(worlds.actor("revisor"), name="ana" if who else "eva")
        try:
            kind = kind_of_next(outcomes.of(*two), by=reviewer.name, answer=answer, is_risky=risky)
        except Conflict:
            return
        before = serialised()
        said = judging.judge(actor=reviewer, answer=Answer(two[0], two[1], answer, kind=kind), at=self._later())
        rebuild.around(touched=two, at=NOW)
        # Taken back at once, it is as if it had never been said; then it is said again.
        judging.withdraw(actor=reviewer, judgement_id=said.id, at=self._later())
        rebuild.around(touched=two, at=NOW)
        assert serialised() == before
        said = judging.judge(actor=reviewer, answer=Answer(two[0], two[1], answer, kind=kind), at=self._later())
        rebuild.around(touched=two, at=NOW)
        self.standing.append((reviewer, said.id))

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def somebody_takes_an_answer_back(self, data: st.DataObject) -> None:
        """Any of those that stand, not only the last."""
        self._withdraw(self.standing.pop(data.draw(st.integers(0, len(self.standing) - 1))))

    def _withdraw(self, given: tuple[Actor, UUID]) -> None:
        back = judging.withdraw(actor=given[0], judgement_id=given[1], at=self._later())
        rebuild.around(touched=[back.left_id, back.right_id], at=NOW)

    @precondition(lambda self: len(self.records) < 6)
    @rule(where=st.sampled_from(OFFICES), who=st.sampled_from([FLOR, ROSA]))
    def a_record_is_handed_in(self, where: worlds.Office, who: Any) -> None:
        """One more of either sister."""
        self.records.append(worlds.record(who, where, RESCUE))
        self._compare()

    @rule(data=st.data(), what=st.sampled_from(WRITTEN))
    def an_event_is_handed_in(self, data: st.DataObject, what: Happening) -> None:
        """On any record."""
        record = data.draw(st.sampled_from(self.records))
        worlds.write(record, UPE, what)
        rebuild.around(touched=[record], at=NOW)

    @rule()
    def everything_is_compared_anew(self) -> None:
        """As after new weights: what the machine said is dropped and said again."""
        Record.objects.update(linked=False)
        self._compare()

    @invariant()
    def what_is_kept_is_what_would_be_rebuilt(self) -> None:
        """Incremental projections are those made from nothing."""
        kept = serialised()
        rebuild.everything(at=NOW)
        assert serialised() == kept

    def teardown(self) -> None:
        """With every answer taken back, it is as if nobody had ever been asked."""
        try:
            while self.standing:
                self._withdraw(self.standing.pop())
            kept = serialised()
            Judgement.objects.update(undoes=None)
            Judgement.objects.all().delete()
            rebuild.everything(at=NOW)
            assert serialised() == kept
        finally:
            for database in ("default", "vault"):
                transaction.set_rollback(True, using=database)
            self.databases.close()


def test_joining_separating_and_joining_again_restores_the_same_bytes() -> None:
    run_state_machine_as_test(
        Sequences, settings=settings(max_examples=8, stateful_step_count=8, suppress_health_check=list(HealthCheck))
    )

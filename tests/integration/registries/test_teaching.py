"""Answers teach the weights only by somebody's act, which is shown before, in the ledger, and can be reverted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from amparo.access.actors import MACHINE, Actor
from amparo.kernel.errors import Conflict, Denied, Invalid
from amparo.ledger import queries as entries
from amparo.registries.actions import judging, linking, teaching
from amparo.registries.actions.judging import Answer
from amparo.registries.models import Judgement, Pair, Record
from amparo.registries.queries import intake, labels
from tests import worlds
from tests.worlds import CEM_IQUITOS, FLOR, NOW, POLICE, RESCUE, ROSA, UPE

HEAD = "revisor-responsable"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def head() -> Actor:
    """Who answers for the review."""
    return worlds.actor(HEAD)


@pytest.fixture
def compared() -> None:
    """A few records, compared, of which people say the unexpected."""
    typo = replace(ROSA, doc_number="", birth=FLOR.birth)
    for who, where in ((FLOR, POLICE), (FLOR, UPE), (typo, POLICE), (typo, CEM_IQUITOS)):
        worlds.record(who, where, RESCUE)
    linking.link_waiting(actor=MACHINE, at=NOW)


def say(answer: str) -> int:
    """A reviewer answers every pair that nothing bars; returns how many."""
    pairs = [each for each in Pair.objects.all() if not each.contradictions]
    for each in pairs:
        told = Answer(each.left_id, each.right_id, answer, "records")
        judging.judge(actor=worlds.actor("revisor"), answer=told, at=NOW)
    return len(pairs)


def weighed() -> list[tuple[object, ...]]:
    return sorted(Pair.objects.values_list("left", "right", "score", "probability", "verdict", "evidence"), key=repr)


def test_answers_change_nothing_by_themselves(compared: None) -> None:
    before = weighed()
    say("not_same")
    Record.objects.update(linked=False)
    linking.link_waiting(actor=MACHINE, at=NOW)

    assert weighed() == before


def test_what_would_change_is_shown_first(compared: None) -> None:
    answers = say("not_same")

    found = labels.proposal()

    assert len(found.labels) == answers > 0
    assert any(abs(each.after - each.before) > 0 for each in found.changes)
    assert sum(found.before.values()) == sum(found.after.values()) == Pair.objects.count()


def test_adopting_teaches_the_next_comparison_and_reverting_restores_the_scores(compared: None, head: Actor) -> None:
    before, answers = weighed(), say("not_same")

    adoption = teaching.adopt(actor=head, expecting=answers, at=NOW)
    linking.link_waiting(actor=MACHINE, at=NOW)
    assert weighed() != before

    teaching.revert(actor=head, adoption_id=adoption, at=NOW + timedelta(hours=1))
    linking.link_waiting(actor=MACHINE, at=NOW)
    assert weighed() == before
    assert [entry.act for entry in entries.latest() if entry.act.startswith("labels.")] == [
        "labels.revert",
        "labels.adopt",
    ]


def test_every_answer_survives_new_weights(compared: None, head: Actor) -> None:
    answers = say("not_same")
    before = sorted(Judgement.objects.values_list(), key=repr)

    teaching.adopt(actor=head, expecting=answers, at=NOW)
    linking.link_waiting(actor=MACHINE, at=NOW)

    assert sorted(Judgement.objects.values_list(), key=repr) == before


def test_later_answers_wait_for_somebody_to_adopt_them_too(compared: None, head: Actor) -> None:
    teaching.adopt(actor=head, expecting=say("not_same"), at=NOW)
    counting = intake.current_model()

    say("same")

    assert intake.current_model() == counting


def test_only_what_was_shown_can_be_adopted_and_only_by_who_may(compared: None, head: Actor) -> None:
    with pytest.raises(Invalid):
        teaching.adopt(actor=head, expecting=0, at=NOW)
    answers = say("not_same")

    with pytest.raises(Conflict):
        teaching.adopt(actor=head, expecting=answers + 1, at=NOW)
    with pytest.raises(Denied):
        teaching.adopt(actor=worlds.actor("revisor"), expecting=answers, at=NOW)
    adoption = teaching.adopt(actor=head, expecting=answers, at=NOW)
    teaching.revert(actor=head, adoption_id=adoption, at=NOW)
    with pytest.raises(Conflict):
        teaching.revert(actor=head, adoption_id=adoption, at=NOW)

"""One record that comes in by itself against all that are known."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from amparo.engines.linkage import batch, train
from amparo.engines.linkage.fields import Fields
from amparo.kernel.ids import new_id
from amparo.pack.current import pack
from amparo.registries.models import LinkModel
from amparo.registries.queries import intake
from amparo.world.fields import linkage_fields
from tests import worlds
from tests.worlds import FLOR, NOW, UPE

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

DEVELOPMENT_SEED = 31
TODAY = date(2025, 6, 1)
TOMORROW = NOW + timedelta(days=1)


def test_one_record_scores_as_in_the_batch_over_an_invented_world() -> None:
    known = _kept(300)
    model = train.train(known, pack().names, seed=1)
    LinkModel.objects.create(name="trained", weights=json.loads(model.to_json()), trained_at=NOW, records=len(known))
    in_batch = {
        (pair.left, pair.right): pair.score for pair in batch.link(known, model, pack().names, keep_below_ask=True)
    }

    name, read = intake.current_model()
    alone = {(pair.left, pair.right): pair.score for fields in known[:60] for pair in intake.compare(fields, read)}

    shared = alone.keys() & in_batch.keys()
    assert name == "trained"
    assert len(shared) > 100
    assert {pair for pair in shared if abs(alone[pair] - in_batch[pair]) > 1e-6} == set()


def test_newer_weights_are_used_as_soon_as_they_are_there() -> None:
    assert intake.current_model()[0] == "shipped"
    weights = json.loads(intake.current_model()[1].to_json())
    LinkModel.objects.create(name="first", weights=weights, trained_at=NOW, records=1)
    LinkModel.objects.create(name="second", weights={**weights, "join": 99.0}, trained_at=TOMORROW, records=1)

    name, model = intake.current_model()

    assert (name, model.join) == ("second", 99.0)


def test_of_many_candidates_those_who_share_what_few_share_are_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    namesakes = [worlds.record(replace(FLOR, doc_number=f"4567891{last}"), UPE, linked=True) for last in range(4)]
    hers = worlds.record(FLOR, UPE, linked=True)
    monkeypatch.setattr(intake, "MOST_OPENED", 2)

    found = intake.compare(replace(FLOR, record_id=str(new_id())), intake.current_model()[1])

    compared = {each for pair in found for each in (pair.left, pair.right)}
    assert str(hers) in compared
    assert len(compared & {str(each) for each in namesakes}) == 1


def _kept(people: int) -> list[Fields]:
    known = []
    for fields, _ in linkage_fields(people, DEVELOPMENT_SEED, TODAY):
        made = worlds.record(fields, UPE, linked=True)
        known.append(replace(fields, record_id=str(made), institution=UPE.institution))
    return known

"""What is kept beyond its time is destroyed by itself, except where the law says keep or nobody verified the rule."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from amparo.access.actors import MACHINE, Actor
from amparo.casework.actions import erasing
from amparo.kernel.errors import Denied, NotFound
from amparo.ledger import queries as ledger
from amparo.ledger.actions import Author
from amparo.pack import current
from amparo.pack.definitions import Retention
from amparo.registries.actions import retaining
from amparo.registries.actions.deliver import deliver
from amparo.registries.models import Batch, SetAside
from amparo.registries.queries import identities, retention
from amparo.vault import holds, queries
from amparo.vault.models import Erasure, SealedFile
from proofs import _marked
from tests.worlds import NOW

LATER = NOW + timedelta(days=400)


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Put rules of one's own in the place of the pack's."""

    def put(**kept: tuple[str, int, bool]) -> None:
        made = {
            code: Retention(code=code, kind=kind, keep_days=days, verified=verified, source="Ley 29733, art. 8")  # type: ignore[arg-type]
            for code, (kind, days, verified) in kept.items()
        }
        pack = replace(current.pack(), retention=made)
        for module in (retention,):
            monkeypatch.setattr(module, "pack", lambda: pack)

    return put


def handed_in(content: bytes = b"") -> list[UUID]:
    content = content or _marked.export(3)
    return sorted(deliver(actor=MACHINE, source="pnp-reta", content=io.BytesIO(content), at=NOW).touched)


def on_disk(folder: Path) -> int:
    return len(list((folder / "files").rglob("*.sealed")))


def test_a_file_goes_when_its_time_is_up_and_not_before(rules: Any, tmp_path: Path) -> None:
    rules(files=("file", 365, True))
    records = handed_in()
    assert [(due.due, due.soon) for due in retention.report(at=NOW + timedelta(days=300))] == [((), 1)]
    assert retaining.run(actor=MACHINE, at=NOW + timedelta(days=300)).destroyed == {}

    assert erasing.keep_to_terms(actor=MACHINE, at=LATER).destroyed == {"files": 1}

    assert (SealedFile.objects.count(), on_disk(tmp_path), Batch.objects.count()) == (0, 0, 1)
    assert identities.of_records(records).keys() == set(records)
    assert "erasure.order" in {entry.act for entry in ledger.about(records[:1])}
    assert erasing.keep_to_terms(actor=MACHINE, at=LATER).destroyed == {}


def test_a_hold_on_one_record_keeps_the_file_that_it_came_in(rules: Any, tmp_path: Path) -> None:
    rules(files=("file", 365, True))
    held = handed_in()[1]
    holds.place(author=Author("x"), subjects=[held], reason="court_order", article="CPP, art. 220", at=NOW)

    assert erasing.keep_to_terms(actor=MACHINE, at=LATER).destroyed == {}

    (due,) = retention.report(at=LATER)
    assert (len(due.due), len(due.held), on_disk(tmp_path)) == (1, 1, 1)


def test_a_rule_that_nobody_verified_destroys_only_by_hand(rules: Any) -> None:
    rules(identities=("identity", 365, False))
    records = handed_in()
    assert erasing.keep_to_terms(actor=MACHINE, at=LATER).destroyed == {}
    assert len(retention.report(at=LATER)[0].due) == 3

    by_hand = Actor("officer", scope="all", capabilities=frozenset({"erasure"}))
    assert erasing.keep_to_terms(actor=by_hand, at=LATER, rule="identities").destroyed == {"identities": 3}

    assert identities.of_records(records) == {}
    assert Erasure.objects.get().ordered_by == "officer"


def test_narratives_go_and_identities_stay(rules: Any) -> None:
    rules(told=("narrative", 365, True))
    records = handed_in()
    assert queries.open_many(records, "narrative").keys() == set(records)

    erasing.keep_to_terms(actor=MACHINE, at=LATER)

    assert queries.open_many(records, "narrative") == {}
    assert identities.of_records(records).keys() == set(records)
    assert queries.owners_with(identities.tokens_of(records[:1])[records[0]])[records[0]] > 0


def test_rows_set_aside_go(rules: Any) -> None:
    rules(rows=("row", 365, True))
    handed_in(_marked.export(2).replace(b"01/09/2026;160102", b"99/99/2026;160102", 1))
    row = SetAside.objects.get().id

    erasing.keep_to_terms(actor=MACHINE, at=LATER)

    assert queries.open_many([row], "row") == {}


def test_what_something_was_written_of_lately_is_not_silent(rules: Any) -> None:
    rules(identities=("identity", 365, True))
    records = handed_in()
    changed = _marked.export(3).replace(b"LA PAMPA", b"DELTA 1", 1)
    deliver(actor=MACHINE, source="pnp-reta", content=io.BytesIO(changed), at=LATER - timedelta(days=10))

    assert erasing.keep_to_terms(actor=MACHINE, at=LATER).destroyed == {"identities": 2}
    assert len(identities.of_records(records)) == 1


def test_only_whoever_may_erase_carries_a_rule_out_and_only_one_that_there_is(rules: Any) -> None:
    rules(files=("file", 365, True))

    with pytest.raises(Denied):
        retaining.run(actor=Actor("worker"), at=LATER)
    with pytest.raises(NotFound, match="unknown_rule"):
        retaining.run(actor=MACHINE, at=LATER, rule="none")


def test_nothing_of_the_packs_own_rules_destroys_anything_that_is_unverified() -> None:
    handed_in()

    assert {due.rule.verified for due in retention.report(at=NOW)} == {False}
    assert erasing.keep_to_terms(actor=MACHINE, at=NOW + timedelta(days=36500)).destroyed == {}

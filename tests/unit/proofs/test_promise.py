"""What is said of a promise follows from its trials, and a promise nobody tried is not kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs import promise, run
from proofs.promise import Outcome, Promise, Result


def result(trials: int, failures: int) -> Result:
    return Result("a.b", "It holds.", trials, failures, "it did not" if failures else "", 0.1)


def test_three_over_n_is_ruled_out_where_nothing_failed() -> None:
    assert result(10_000, 0).bound == pytest.approx(0.0003)


@pytest.mark.parametrize(("trials", "failures"), [(0, 0), (10, 1)])
def test_a_promise_that_failed_or_was_never_tried_is_not_kept(trials: int, failures: int) -> None:
    assert not result(trials, failures).kept
    assert result(trials, failures).bound is None


@given(st.integers(1, 10**6))
def test_more_trials_never_loosen_the_bound(trials: int) -> None:
    tighter, looser = result(trials + 1, 0).bound, result(trials, 0).bound

    assert tighter is not None
    assert looser is not None
    assert tighter <= looser <= 1


def test_results_reach_the_other_process_as_they_were() -> None:
    results = [result(5, 0), result(5, 2)]

    assert promise.read(promise.written(results)) == results


def test_a_promise_runs_at_its_full_size_unless_told_otherwise() -> None:
    tried: list[int] = []

    def prove(trials: int, _seed: int) -> Outcome:
        tried.append(trials)
        return Outcome.of(["broke"], trials)

    one = Promise("a.b", "It holds.", 500, prove)
    found = promise.run([one], trials=None, seed=1) + promise.run([one], trials=7, seed=1)

    assert tried == [500, 7]
    assert [each.first for each in found] == ["broke", "broke"]


def test_a_broken_promise_ends_with_1(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(run, "_in_a_process_of_its_own", lambda *_: [result(5, 2)])

    assert run.main(["sealing"]) == 1
    assert "2/5" in capsys.readouterr().out


def test_a_proof_that_cannot_run_ends_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_in_a_process_of_its_own", lambda *_: None)

    assert run.main(["sealing"]) == 1

"""The table of proofs keeps what was measured before beside what is measured now."""

from pathlib import Path

import pytest

from proofs import page
from proofs.promise import Result


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A page with an empty table between two sentences."""
    path = tmp_path / "proof.md"
    path.write_text(f"Before.\n\n{page.BEGIN}\n{page.END}\n\nAfter.\n", encoding="utf-8")
    return path


def result(name: str, trials: int, failures: int = 0) -> Result:
    return Result(name, "It holds.", trials, failures, "", 1.5)


def test_a_promise_measured_again_replaces_its_own_line_and_no_other(table: Path) -> None:
    page.write([result("ledger.altered", 300), result("forms.any", 200)], page=table)
    page.write([result("ledger.altered", 3000)], page=table)
    told = table.read_text(encoding="utf-8")
    lines = [line for line in told.splitlines() if line.startswith("| `")]
    assert [line.split("|")[1:6] for line in lines] == [
        [" `forms.any` ", " It holds. ", " 200 ", " 0 ", " 0.015 "],
        [" `ledger.altered` ", " It holds. ", " 3,000 ", " 0 ", " 0.001 "],
    ]
    assert told.startswith("Before.")
    assert told.endswith("After.\n")


def test_a_broken_promise_is_told_with_no_bound(table: Path) -> None:
    page.write([result("ledger.altered", 300, failures=2)], page=table)
    assert "| 300 | 2 | — |" in table.read_text(encoding="utf-8")

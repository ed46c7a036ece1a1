"""What the ledger hands out can be checked by somebody who has nothing of ours but a script and a key."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from amparo.kernel.errors import Conflict, NotFound
from amparo.ledger import actions, check_ledger_proof, checkpoints, proofs, signing
from amparo.ledger.actions import Author

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]


def write(count: int) -> str:
    """Write entries and a checkpoint; returns its note."""
    for number in range(count):
        actions.record(author=Author("ñusta", "pnp"), act="thread.read", at=NOW, detail={"número": number})
    checkpoints.write()
    return checkpoints.latest()


def checked(proof: dict[str, object], folder: Path, key: str = "") -> int:
    """The exit code of the checker, run by a Python that knows nothing of Amparo."""
    file = folder / "proof.json"
    file.write_text(json.dumps(proof), encoding="utf-8")
    script = folder / "check.py"
    script.write_text(Path(check_ledger_proof.__file__).read_text(encoding="utf-8"), encoding="utf-8")
    command = [sys.executable, "-I", "-S", str(script), key or signing.public_key(), str(file)]
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode


@pytest.mark.parametrize("seq", [1, 4, 7])
def test_an_entry_is_proved_to_somebody_without_amparo(seq: int, tmp_path: Path) -> None:
    write(7)

    assert checked(proofs.of_entry(seq), tmp_path) == 0


def test_a_proof_of_an_entry_that_was_altered_does_not_hold(tmp_path: Path) -> None:
    write(7)
    proof = proofs.of_entry(4)
    proof["entry"] = {**proof["entry"], "actor": "other"}  # type: ignore[dict-item]

    assert checked(proof, tmp_path) == 1


def test_a_proof_under_another_key_does_not_hold(tmp_path: Path) -> None:
    write(3)

    assert checked(proofs.of_entry(2), tmp_path, key="A" * 43 + "=") == 1


@pytest.mark.parametrize(("before", "after"), [(1, 6), (4, 4), (5, 3), (7, 0)])
def test_todays_ledger_is_proved_to_continue_the_one_a_witness_knows(before: int, after: int, tmp_path: Path) -> None:
    old = write(before)
    write(after)

    assert checked(proofs.since(old), tmp_path) == 0


def test_nothing_is_proved_without_a_checkpoint_that_covers_it() -> None:
    write(2)
    actions.record(author=Author("clerk"), act="x", at=NOW)

    with pytest.raises(Conflict):
        proofs.of_entry(3)
    with pytest.raises(NotFound):
        proofs.of_entry(4)


def test_what_is_no_note_of_this_ledger_is_refused() -> None:
    note = write(2)

    with pytest.raises(NotFound):
        proofs.since("not a note")
    with pytest.raises(NotFound):
        proofs.since(note.replace("amparo/ledger", "other/ledger"))
    with pytest.raises(Conflict):
        proofs.since(note.replace("\n2\n", "\n9\n", 1))


def test_the_checker_says_no_to_anything_else(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    for content in ("", "[]", "{}", '{"checkpoint": "x"}', '{"checkpoint": "a\\nb\\nc\\n\\n— a AAAA"}'):
        file.write_text(content, encoding="utf-8")
        assert check_ledger_proof.main(["AAAA", str(file)]) == 1


def archived(folder: Path, *documents: dict[str, object]) -> int:
    """The exit code of the checker for an archive."""
    (folder / "archive.jsonl").write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    script = Path(check_ledger_proof.__file__)
    command = [sys.executable, "-I", "-S", str(script), signing.public_key(), str(folder / "archive.jsonl")]
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode


@pytest.mark.parametrize(("since", "until"), [(1, 8), (3, 5), (8, 8)])
def test_an_institution_s_archive_has_its_own_entries_and_holds(since: int, until: int, tmp_path: Path) -> None:
    write(3)
    actions.record(author=Author("other", "mp"), act="thread.read", at=NOW)
    write(3)

    found = list(proofs.archive("pnp", since, until))

    numbers = [each["index"] + 1 for each in found[1:]]  # type: ignore[operator]
    assert numbers == [seq for seq in range(since, until) if seq != 4]
    assert archived(tmp_path, *found) == 0


def test_an_archive_in_which_something_was_altered_taken_out_or_put_twice_does_not_hold(tmp_path: Path) -> None:
    write(5)
    first, *found = proofs.archive("pnp", 1, 6)
    altered = {**found[2], "entry": {**found[2]["entry"], "act": "x"}}  # type: ignore[dict-item]

    for wrong in (
        [first, *found[:2], altered, *found[3:]],
        [first, *found[:-1]],
        [first, *found[:-1], found[0]],
        [{**first, "institution": "mp"}, *found],
        [{**first, "checkpoint": "x"}, *found],
        [first, {}],
    ):
        assert archived(tmp_path, *wrong) == 1


def test_what_no_checkpoint_covers_is_not_archived() -> None:
    write(2)
    actions.record(author=Author("clerk", "pnp"), act="x", at=NOW)

    with pytest.raises(Conflict):
        next(proofs.archive("pnp", 1, 5))

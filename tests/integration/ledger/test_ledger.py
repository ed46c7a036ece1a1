"""The ledger finds whatever somebody with full rights does to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from amparo.ledger import actions, checkpoints, entries, merkle, queries, signing, tree, verification
from amparo.ledger.actions import Author
from amparo.ledger.models import Entry, EntrySubject

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
CLERK = Author("clerk", "pnp", "pnp-registrador")


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]


def write(count: int) -> None:
    for number in range(1, count + 1):
        actions.record(
            author=CLERK,
            act="thread.read",
            at=START + timedelta(minutes=number),
            purpose="follow_up",
            subjects=[UUID(int=number), UUID(int=number + 1)],
            detail={"number": number},
        )


def as_administrator_of_data(statement: str) -> None:
    """A statement of somebody who may write anything, and leaves the guards in place."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


def as_administrator(statement: str, *parameters: object) -> None:
    """Do what only somebody with full rights can: take the guards away, act, and put them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Deferred foreign keys would otherwise hold their checks back and lock the tables.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in ("ledger_entry", "ledger_entrysubject", "ledger_node"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(statement, parameters)
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for table in ("ledger_entry", "ledger_entrysubject", "ledger_node"):
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger_%%'")
        guards = cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement, parameters)
        for _, sql in guards:
            cursor.execute(sql)


def test_an_untouched_ledger_verifies_with_its_checkpoints() -> None:
    write(5)
    checkpoints.write()

    result = verification.verify()

    assert (result.entries, result.checkpoints, result.fault) == (5, 1, None)


def test_nothing_is_written_outside_the_transaction_of_the_act(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)

    with pytest.raises(transaction.TransactionManagementError):
        actions._require_transaction()


@pytest.mark.as_owner
@pytest.mark.parametrize("change", [{"act": "x"}, {"purpose": "x"}, {"actor": "x"}, {"detail": {}}, {"basis": "x"}])
def test_the_database_itself_refuses_to_change_an_entry(change: dict[str, object]) -> None:
    write(2)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(seq=1).update(**change)


@pytest.mark.as_owner
def test_the_database_itself_refuses_to_delete_an_entry() -> None:
    write(2)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        EntrySubject.objects.all()._raw_delete("default")


@pytest.mark.as_owner
@pytest.mark.parametrize("table", ["ledger_entry", "ledger_entrysubject", "ledger_node"])
def test_the_database_itself_refuses_to_empty_the_ledger(table: str) -> None:
    """PostgreSQL can empty a table at one stroke; SQLite knows only deleting."""
    write(2)
    statement = f"TRUNCATE {table} CASCADE" if connection.vendor == "postgresql" else f"DELETE FROM {table}"

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        as_administrator_of_data(statement)
    assert verification.verify().fault is None


ALTERATIONS: dict[str, tuple[Callable[[], None], str]] = {
    "altered actor": (lambda: as_administrator("UPDATE ledger_entry SET actor = 'other' WHERE seq = 3"), "content"),
    "altered time": (
        lambda: as_administrator("UPDATE ledger_entry SET at = %s WHERE seq = 3", START.replace(year=2020)),
        "content",
    ),
    "altered detail": (lambda: as_administrator("UPDATE ledger_entry SET detail = '{}' WHERE seq = 3"), "content"),
    "altered digest": (lambda: as_administrator("UPDATE ledger_entry SET digest = '0' WHERE seq = 3"), "content"),
    "altered subtree": (lambda: as_administrator("UPDATE ledger_node SET digest = '0' WHERE number = 5"), "tree"),
    "subject taken out": (
        lambda: as_administrator(
            "DELETE FROM ledger_entrysubject WHERE id IN (SELECT min(id) FROM ledger_entrysubject WHERE entry_id = 3)"
        ),
        "subjects",
    ),
    "subject put in": (
        lambda: [EntrySubject.objects.create(entry_id=3, subject=UUID(int=99)), None][1],
        "subjects",
    ),
    "inserted": (lambda: as_administrator("UPDATE ledger_entry SET seq = 30 WHERE seq = 5"), "gap"),
}


@pytest.mark.as_owner
@pytest.mark.parametrize("name", ALTERATIONS)
def test_the_first_bad_entry_is_named(name: str) -> None:
    write(5)
    alter, kind = ALTERATIONS[name]
    if name == "inserted":
        as_administrator("DELETE FROM ledger_entrysubject WHERE entry_id = 5")
    alter()

    fault = verification.verify().fault

    assert fault is not None
    assert (fault.kind, fault.seq) == (kind, 5 if name == "inserted" else 3)


@pytest.mark.as_owner
def test_a_removed_entry_is_found() -> None:
    write(5)
    as_administrator("DELETE FROM ledger_entrysubject WHERE entry_id = 2")
    as_administrator("DELETE FROM ledger_entry WHERE seq = 2")

    fault = verification.verify().fault

    assert fault is not None
    assert (fault.kind, fault.seq) == ("gap", 2)


@pytest.mark.as_owner
def test_a_tail_cut_off_is_found_against_a_checkpoint() -> None:
    write(5)
    checkpoints.write()
    as_administrator("DELETE FROM ledger_entrysubject WHERE entry_id > 3")
    as_administrator("DELETE FROM ledger_entry WHERE seq > 3")

    fault = verification.verify().fault

    assert fault is not None
    assert (fault.kind, fault.seq) == ("truncated", 4)


def rebuild(first: int) -> None:
    """Make leaves, stamps and subtrees anew over the entries as they are, as somebody with every right and key."""
    stamp = signing.stamps()
    as_administrator("DELETE FROM ledger_node")
    for entry in Entry.objects.filter(seq__gte=first).order_by("seq"):
        digest = entries.digest(verification.content_of(entry))
        as_administrator(
            "UPDATE ledger_entry SET digest = %s, stamp = %s WHERE seq = %s", digest, stamp(digest), entry.seq
        )
    last = ""
    for size, digest in enumerate(Entry.objects.order_by("seq").values_list("digest", flat=True)):
        tree.grow(size, last, digest)
        last = digest


@pytest.mark.as_owner
def test_a_tree_built_anew_over_an_altered_entry_is_found_against_a_checkpoint() -> None:
    write(4)
    checkpoints.write()
    write(4)
    checkpoints.write()
    as_administrator("UPDATE ledger_entry SET actor = 'other' WHERE seq = 6")
    rebuild(6)

    fault = verification.verify().fault

    assert fault is not None
    assert (fault.kind, fault.seq, fault.until) == ("checkpoint", 5, 8)


@pytest.mark.as_owner
def test_a_machine_taken_over_whole_is_found_with_the_copy_that_a_witness_kept(tmp_path: Path) -> None:
    write(4)
    checkpoints.write()
    kept = tmp_path / "witness.jsonl"
    kept.write_text(checkpoints.file().read_text())
    key = signing.private_key().public_key()
    as_administrator("UPDATE ledger_entry SET actor = 'other' WHERE seq = 2")
    rebuild(2)
    checkpoints.file().unlink()
    checkpoints.write()

    assert verification.verify().fault is None
    fault = verification.verify(kept, key).fault
    assert fault is not None
    assert fault.kind == "checkpoint"


def test_the_stored_root_is_the_root_over_all_leaves() -> None:
    write(13)
    leaves = [bytes.fromhex(digest) for digest in Entry.objects.order_by("seq").values_list("digest", flat=True)]

    for size in range(1, 14):
        assert tree.root(size) == whole_root(leaves[:size])


def whole_root(leaves: list[bytes]) -> bytes:
    """The root as RFC 9162, 2.1.1, defines it."""
    if len(leaves) == 1:
        return leaves[0]
    middle = 1 << ((len(leaves) - 1).bit_length() - 1)
    return merkle.parent(whole_root(leaves[:middle]), whole_root(leaves[middle:]))


def test_a_forged_checkpoint_is_found(tmp_path: Path) -> None:
    write(2)
    checkpoints.write()
    path = tmp_path / "ledger" / "checkpoints.jsonl"
    path.write_text(path.read_text().replace("\\n2\\n", "\\n1\\n"))

    fault = verification.verify().fault

    assert fault is not None
    assert fault.kind == "signature"


@pytest.mark.as_owner
def test_a_ledger_without_its_guards_does_not_pass() -> None:
    write(1)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER ledger_append_only_ledger_entry_update")

    fault = verification.verify().fault

    assert fault is not None
    assert fault.kind == "unguarded"


def test_who_looked_at_a_record_is_one_question() -> None:
    write(4)

    assert [entry.detail["number"] for entry in queries.about([UUID(int=2)])] == [2, 1]

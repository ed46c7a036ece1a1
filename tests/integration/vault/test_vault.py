"""What is sealed opens only where it was sealed, and is gone when its key is."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from amparo.kernel.errors import NotFound
from amparo.ledger import queries as ledger
from amparo.ledger.actions import Author
from amparo.vault import actions, files, queries
from amparo.vault.actions import Document
from amparo.vault.cipher import Unreadable
from amparo.vault.models import BlindToken, InstitutionKey, Sealed

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: Path) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]


def document(owner: UUID, text: str, version: int = 1, compartment: str = "identity") -> Document:
    return Document(owner, compartment, version, "pnp", text.encode())


def test_the_latest_version_opens_and_the_older_ones_stay() -> None:
    owner = uuid4()
    actions.seal_many([document(owner, "first")])
    actions.seal_many([document(owner, "second", 2)])

    assert queries.open_many([owner], "identity") == {owner: b"second"}
    assert queries.open_versions(owner, "identity") == {1: b"first", 2: b"second"}


def test_compartments_do_not_open_each_other() -> None:
    owner = uuid4()
    actions.seal_many([document(owner, "name"), document(owner, "story", compartment="narrative")])
    story = Sealed.objects.get(owner=owner, compartment="narrative")
    Sealed.objects.filter(owner=owner, compartment="identity").update(blob=story.blob)

    with pytest.raises(Unreadable):
        queries.open_many([owner], "identity")


@pytest.mark.parametrize("column", ["owner", "version"])
def test_a_sealed_value_moved_elsewhere_does_not_open(column: str) -> None:
    first, second = uuid4(), uuid4()
    actions.seal_many([document(first, "one"), document(second, "two")])
    if column == "owner":
        Sealed.objects.filter(owner=second).update(blob=Sealed.objects.get(owner=first).blob)
    else:
        Sealed.objects.filter(owner=second).update(version=7)

    with pytest.raises(Unreadable):
        queries.open_many([second], "identity")


def test_owners_are_found_by_tokens_that_hold_nothing_readable() -> None:
    first, second = uuid4(), uuid4()
    actions.put_tokens({first: {"KISPE|MARIA", "doc:dni"}, second: {"KISPE|MARIA"}})

    found = queries.owners_with(["KISPE|MARIA", "doc:dni", "unknown"])

    assert found == {first: 2, second: 1}
    assert all(len(token) == 12 for token in map(bytes, BlindToken.objects.values_list("token", flat=True)))


def test_a_token_that_too_many_share_tells_nobody_apart() -> None:
    owners = [uuid4() for _ in range(4)]
    actions.put_tokens({owner: {"common"} for owner in owners} | {uuid4(): {"rare"}})

    assert queries.owners_with(["common"], limit_per_token=3) == {}
    assert len(queries.owners_with(["common"], limit_per_token=4)) == 4


def test_new_tokens_take_the_place_of_old_ones() -> None:
    owner = uuid4()
    actions.put_tokens({owner: {"old"}})
    actions.put_tokens({owner: {"new"}}, replacing=[owner])

    assert queries.owners_with(["old"]) == {}
    assert queries.owners_with(["new"]) == {owner: 1}


def test_revealing_is_in_the_ledger_before_anything_is_returned() -> None:
    owner = uuid4()
    actions.seal_many([document(owner, "name")])

    opened = actions.reveal(
        author=Author("worker", "chs"), owners=[owner], compartment="identity", purpose="care", basis="record", at=NOW
    )

    assert opened == {owner: b"name"}
    entry = ledger.about([owner])[0]
    assert (entry.act, entry.purpose, entry.basis) == ("identity.reveal", "care", "record")


def test_a_ledger_that_is_down_keeps_identities_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    owner = uuid4()
    actions.seal_many([document(owner, "name")])

    def down(**_: object) -> int:
        raise RuntimeError("ledger down")

    monkeypatch.setattr("amparo.ledger.actions.record", down)

    with pytest.raises(RuntimeError):
        actions.reveal(
            author=Author("worker"), owners=[owner], compartment="identity", purpose="care", basis="record", at=NOW
        )


def test_a_document_kept_open_is_opened_once_and_forgotten_at_the_end(django_assert_num_queries: Any) -> None:
    owner, nobody, other = uuid4(), uuid4(), uuid4()
    actions.seal_many([document(owner, "name"), document(other, "b")])
    actions.seal_many([document(owner, "story", compartment="narrative")])

    with queries.kept_open():
        assert queries.open_many([owner, nobody], "identity") == {owner: b"name"}
        with django_assert_num_queries(0, using="vault"):
            assert queries.open_many([nobody, owner], "identity") == {owner: b"name"}
        assert queries.open_many([owner], "narrative") == {owner: b"story"}
        assert queries.open_many([owner, other], "identity") == {owner: b"name", other: b"b"}

    actions.erase([owner])
    with queries.kept_open():
        assert queries.open_many([owner, other], "identity") == {other: b"b"}
    assert queries.open_many([owner], "identity") == {}


def test_what_is_erased_never_opens_again_even_with_the_old_blob() -> None:
    owner = uuid4()
    actions.seal_many([document(owner, "name")])
    blob = bytes(Sealed.objects.get(owner=owner).blob)

    assert actions.erase([owner]) == 1

    Sealed.objects.create(owner=owner, compartment="identity", version=1, blob=blob)
    assert queries.open_many([owner], "identity") == {}


def test_each_institution_has_a_key_of_its_own() -> None:
    actions.seal_many([document(uuid4(), "one"), Document(uuid4(), "identity", 1, "mp", b"two")])

    wrapped = {row.institution: bytes(row.wrapped) for row in InstitutionKey.objects.all()}
    assert set(wrapped) == {"pnp", "mp"}
    assert wrapped["pnp"] != wrapped["mp"]


@pytest.mark.parametrize("size", [0, 1, 1024 * 1024, 1024 * 1024 * 2 + 7])
def test_a_file_comes_back_as_it_was_handed_in(size: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)

    stored = files.store(io.BytesIO(content), institution="pnp")

    assert stored.size == size
    assert b"".join(files.read(stored.id)) == content


def test_a_file_cut_short_or_swapped_does_not_open(tmp_path: Path) -> None:
    content = b"a" * (1024 * 1024) + b"b" * 10
    stored = files.store(io.BytesIO(content), institution="pnp")
    path = next((tmp_path / "files").rglob("*.sealed"))
    path.write_bytes(path.read_bytes()[: 1024 * 1024 + 29])

    with pytest.raises(Unreadable):
        list(files.read(stored.id))


def test_an_unknown_file_is_said_to_be_unknown() -> None:
    with pytest.raises(NotFound):
        list(files.read(uuid4()))

"""Keys are exchanged while everybody goes on: what is written, read and turned in whichever order stays readable."""

from __future__ import annotations

import io
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from amparo.kernel.errors import NotFound
from amparo.ledger import queries as ledger
from amparo.ledger.actions import Author
from amparo.vault import actions, files, keys, queries, rotation, slices
from amparo.vault.actions import Document
from amparo.vault.models import DataKey, InstitutionKey, OwnerTokens, Sealed, ServiceKey
from amparo.vault.providers import BLIND

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
AUTHOR = Author("terminal:somebody", role="terminal")


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def sealed(count: int, institution: str = "pnp") -> dict[UUID, bytes]:
    """Seal two versions for each of some owners and give each a token that is her own."""
    owners = {uuid4(): f"second {number}".encode() for number in range(count)}
    for version, word in ((1, b"first"), (2, b"")):
        actions.seal_many(
            [Document(owner, "identity", version, institution, word or plain) for owner, plain in owners.items()]
        )
    actions.put_tokens({owner: {str(owner), "everybody"} for owner in owners})
    return owners


def tokens_of(owners: Collection[UUID]) -> dict[UUID, set[str]]:
    return {owner: {str(owner), "everybody"} for owner in queries.open_many(owners, "identity")}


def rotate(**chosen: Any) -> rotation.Rotated:
    begun = rotation.begin(author=AUTHOR, at=NOW, **chosen)
    return rotation.run(begun, author=AUTHOR, at=NOW, tokens_of=tokens_of)


@pytest.mark.parametrize("data_keys", [False, True])
def test_everything_opens_after_all_keys_were_exchanged_and_the_old_ones_are_gone(data_keys: bool) -> None:
    owners = sealed(5) | sealed(3, "mp")
    stored = files.store(io.BytesIO(b"as handed in"), institution="pnp")
    before = {row.pk: (bytes(row.blob)) for row in Sealed.objects.all()}

    done = rotate(data_keys=data_keys)

    assert queries.open_many(owners, "identity") == owners
    assert all(queries.open_versions(owner, "identity")[1] == b"first" for owner in owners)
    assert b"".join(files.read(stored.id)) == b"as handed in"
    assert all(queries.owners_with([str(owner)]) == {owner: 1} for owner in owners)
    assert set(InstitutionKey.objects.values_list("institution", "version")) == {("pnp", 2), ("mp", 2)}
    assert list(ServiceKey.objects.filter(purpose=BLIND).values_list("version", flat=True)) == [2]
    assert (done.unreadable, done.left, len(done.destroyed)) == (0, 0, 3)
    assert rotation.unfinished() is None
    assert {row.pk for row in Sealed.objects.all() if bytes(row.blob) == before[row.pk]} == (
        set() if data_keys else set(before)
    )
    assert [entry.act for entry in ledger.latest(limit=2)] == ["keys.retire", "keys.rotate"]


def test_one_institutions_keys_are_exchanged_alone() -> None:
    sealed(2) | sealed(2, "mp")

    rotate(institutions=["mp"])

    assert set(InstitutionKey.objects.values_list("institution", "version")) == {("pnp", 1), ("mp", 2)}
    assert set(OwnerTokens.objects.values_list("key_version", flat=True)) == {1}


def test_an_institution_without_a_key_gets_none_by_a_slip() -> None:
    sealed(1)

    with pytest.raises(NotFound, match="no_key_of_institution"):
        rotate(institutions=["pnp", "nobody"])

    assert set(InstitutionKey.objects.values_list("institution", "version")) == {("pnp", 1)}


def test_a_rotation_that_was_killed_goes_on_and_both_versions_open_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "SIZE", 2)
    owners = sealed(7)
    begun = rotation.begin(author=AUTHOR, at=NOW, data_keys=True)

    def killed(what: str, done: int, of: int) -> None:
        if done >= 3:
            raise KeyboardInterrupt

    with suppress(KeyboardInterrupt):
        rotation.run(begun, author=AUTHOR, at=NOW, tokens_of=tokens_of, progress=killed)

    assert set(DataKey.objects.values_list("key_version", flat=True)) == {1, 2}
    assert queries.open_many(owners, "identity") == owners
    assert rotation.begin(author=AUTHOR, at=NOW) == begun
    rotation.run(begun, author=AUTHOR, at=NOW, tokens_of=tokens_of)
    assert set(DataKey.objects.values_list("key_version", flat=True)) == {2}
    assert queries.open_many(owners, "identity") == owners


def test_what_does_not_open_is_counted_and_left_and_its_key_is_not_destroyed() -> None:
    owners = sealed(3)
    broken = DataKey.objects.order_by("id")[0]
    DataKey.objects.filter(pk=broken.pk).update(wrapped=bytes(60))

    done = rotate(data_keys=True)

    assert done.unreadable == 2  # her data key, and with it the identity from which her tokens come
    assert {version for _, version in InstitutionKey.objects.values_list("institution", "version")} == {1, 2}
    others = {owner: plain for owner, plain in owners.items() if owner != broken.owner}
    assert queries.open_many(others, "identity") == others


def test_a_document_that_was_tampered_with_keeps_its_key_and_the_others_get_new_ones() -> None:
    owners = sealed(2)
    victim = Sealed.objects.order_by("id")[0]
    other = Sealed.objects.filter(owner=victim.owner).exclude(pk=victim.pk).get()
    Sealed.objects.filter(pk=victim.pk).update(blob=bytes(40))
    before = bytes(other.blob)

    rotate(data_keys=True, institutions=["pnp"])

    assert bytes(Sealed.objects.get(pk=other.pk).blob) == before
    assert queries.open_many([victim.owner], "identity") == {victim.owner: owners[victim.owner]}
    assert set(InstitutionKey.objects.values_list("version", flat=True)) == {2}


def test_a_key_whose_row_was_rolled_back_is_never_used_again() -> None:
    with suppress(RuntimeError), transaction.atomic(using="vault"):
        keys.current("pnp")
        raise RuntimeError
    owners = sealed(1)
    keys._opened.clear()  # as after a new start of the process

    assert queries.open_many(owners, "identity") == owners


class Turning(RuleBasedStateMachine):
    """Writes, replacements, erasures and slices of a rotation in any order, against what a dictionary holds."""

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[UUID, dict[int, bytes]] = {}
        self.rotation: Any = None

    def teardown(self) -> None:
        if self.known:
            actions.erase(list(self.known))

    @rule(institution=st.sampled_from(["pnp", "mp"]), plain=st.binary(max_size=8))
    def write(self, institution: str, plain: bytes) -> None:
        owner = uuid4()
        actions.seal_many([Document(owner, "identity", 1, institution, plain)])
        actions.put_tokens({owner: {str(owner), "everybody"}})
        self.known[owner] = {1: plain}

    @rule(data=st.data(), plain=st.binary(max_size=8))
    def write_again(self, data: st.DataObject, plain: bytes) -> None:
        if self.known:
            owner = data.draw(st.sampled_from(list(self.known)))
            version = max(self.known[owner]) + 1
            actions.seal_many([Document(owner, "identity", version, "pnp", plain)])
            actions.put_tokens({owner: {str(owner), "everybody"}}, replacing=[owner])
            self.known[owner][version] = plain

    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        if self.known:
            owner = data.draw(st.sampled_from(list(self.known)))
            actions.erase([owner])
            del self.known[owner]

    @rule(renew=st.booleans())
    def begin(self, renew: bool) -> None:
        self.rotation = rotation.begin(author=AUTHOR, at=NOW, data_keys=renew)

    @rule(part=st.integers(0, 6))
    def turn_a_slice(self, part: int) -> None:
        parts = rotation._parts(self.rotation, tokens_of) if self.rotation else []
        if part < len(parts):
            parts[part].move(parts[part].waiting())

    @rule()
    def end(self) -> None:
        if self.rotation:
            rotation.run(self.rotation, author=AUTHOR, at=NOW, tokens_of=tokens_of)
            assert rotation.unfinished() is None
            self.rotation = None

    @invariant()
    def everything_is_readable_and_found(self) -> None:
        for owner, versions in self.known.items():
            assert queries.open_versions(owner, "identity") == versions
            assert queries.owners_with([str(owner)]) == {owner: 1}
        assert set(queries.owners_with(["everybody"])) == set(self.known)


def test_any_order_of_writing_erasing_and_turning_leaves_everything_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "SIZE", 2)
    monkeypatch.setattr(rotation, "BREATH", {})
    run_state_machine_as_test(
        Turning, settings=hypothesis_settings(max_examples=12, stateful_step_count=15, deadline=None)
    )

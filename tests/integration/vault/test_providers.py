"""Whoever holds the root key never hands it out, and while it does not answer nothing is shown and nothing is lost."""

from __future__ import annotations

import os
import stat
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from amparo.interfaces import sentences
from amparo.kernel.errors import Invalid
from amparo.ledger import queries as ledger
from amparo.ledger.actions import Author
from amparo.vault import actions, factors, keys, providers, queries, roots
from amparo.vault.actions import Document
from amparo.vault.cipher import Unreadable
from amparo.vault.models import DataKey, InstitutionKey, OwnerTokens, Sealed, ServiceKey
from amparo.vault.providers import FileKeys, KeysUnavailable
from tests.integration.vault.key_service import KeyService

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
AUTHOR = Author("terminal:somebody", role="terminal")


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> type[KeyService]:
    monkeypatch.setenv("AMPARO_KEY_PROVIDER", "tests.integration.vault.key_service.KeyService")
    monkeypatch.setattr(KeyService, "calls", 0)
    monkeypatch.setattr(KeyService, "down", False)
    return KeyService


def after_a_new_start() -> None:
    """Forget the opened keys, as a process that starts has none."""
    keys._opened.clear()


def sealed() -> dict[UUID, bytes]:
    owner = uuid4()
    actions.seal_many([Document(owner, "identity", 1, "pnp", b"somebody")])
    actions.put_tokens({owner: {"token"}})
    return {owner: b"somebody"}


def base64_key() -> str:
    return b64encode(os.urandom(32)).decode("ascii")


def test_a_key_service_is_asked_once_for_each_key_and_not_for_each_document(service: type[KeyService]) -> None:
    owners: dict[UUID, bytes] = {}
    for _ in range(3):
        owners |= sealed()
    after_a_new_start()
    service.calls = 0

    for _ in range(5):
        assert queries.open_many(owners, "identity") == owners

    assert service.calls <= 3  # who holds it, and unwrapping it


def test_while_the_key_service_is_down_nothing_is_shown_or_lost(service: type[KeyService]) -> None:
    owners = sealed()
    after_a_new_start()
    service.down = True
    before = [model._default_manager.count() for model in (DataKey, Sealed, OwnerTokens, InstitutionKey)]

    with pytest.raises(KeysUnavailable) as shut:
        actions.reveal(
            author=AUTHOR, owners=list(owners), compartment="identity", purpose="care", basis="record", at=NOW
        )
    with pytest.raises(KeysUnavailable):
        sealed()
    with pytest.raises(KeysUnavailable):
        queries.owners_with(["token"])

    assert "no responde" in sentences.of_error(shut.value, "es")
    assert [model._default_manager.count() for model in (DataKey, Sealed, OwnerTokens, InstitutionKey)] == before
    service.down = False
    assert queries.open_many(owners, "identity") == owners


def test_the_root_key_of_a_file_is_exchanged_and_the_old_one_is_gone(tmp_path: Path) -> None:
    owners, secret = sealed(), factors.seal("second factor")
    path = tmp_path / "keys" / "root.key"
    old, new = path.read_text().split(), tmp_path / "new.key"

    name, moved = roots.rotate(author=AUTHOR, at=NOW, new=new)
    after_a_new_start()

    assert path.read_text() == new.read_text()
    assert path.read_text().split() != old
    assert {stat.S_IMODE(file.stat().st_mode) for file in (path, new)} == {0o600}
    assert moved > 0
    assert keys.roots() == {name}
    assert queries.open_many(owners, "identity") == owners
    assert queries.owners_with(["token"]) == dict.fromkeys(owners, 1)
    assert factors.unseal(secret) == "second factor"


def test_a_root_exchange_that_was_killed_leaves_both_roots_and_ends_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owners, new = sealed(), tmp_path / "new.key"
    with monkeypatch.context() as dying:
        dying.setattr(keys, "rewrap", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            roots.rotate(author=AUTHOR, at=NOW, new=new)
    after_a_new_start()
    assert queries.open_many(owners, "identity") == owners
    owners |= sealed()

    roots.rotate(author=AUTHOR, at=NOW, new=new)
    after_a_new_start()

    assert len((tmp_path / "keys" / "root.key").read_text().split()) == 1
    assert queries.open_many(owners, "identity") == owners


def test_the_newest_of_several_roots_in_the_environment_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = base64_key(), base64_key()
    monkeypatch.setenv("AMPARO_ROOT_KEY", old)
    owners = sealed()
    with pytest.raises(Invalid, match="root_not_in_a_file"):
        roots.rotate(author=AUTHOR, at=NOW, new=Path("new.key"))
    monkeypatch.setenv("AMPARO_ROOT_KEY", f"{old} {new}")

    roots.rotate(author=AUTHOR, at=NOW)
    monkeypatch.setenv("AMPARO_ROOT_KEY", new)
    after_a_new_start()

    assert queries.open_many(owners, "identity") == owners


def test_the_blind_tokens_key_can_be_kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owners, apart = sealed(), tmp_path / "elsewhere.key"
    providers.new_key_file(apart)
    monkeypatch.setenv("AMPARO_BLIND_KEY_FILE", str(apart))

    keys.rewrap()
    after_a_new_start()
    assert queries.owners_with(["token"]) == dict.fromkeys(owners, 1)

    monkeypatch.delenv("AMPARO_BLIND_KEY_FILE")
    after_a_new_start()
    with pytest.raises(Unreadable):
        queries.owners_with(["token"])
    assert queries.open_many(owners, "identity") == owners


def test_keys_from_before_roots_had_names_still_open() -> None:
    owners = sealed()
    InstitutionKey.objects.update(root="")
    ServiceKey.objects.update(root="")
    after_a_new_start()

    assert queries.open_many(owners, "identity") == owners
    assert keys.rewrap() > 0
    assert "" not in keys.roots()


def test_a_root_key_that_is_gone_is_not_made_anew_over_what_it_sealed(tmp_path: Path) -> None:
    owners = sealed()
    path = tmp_path / "keys" / "root.key"
    kept = path.read_bytes()
    path.unlink()
    after_a_new_start()

    for act in (keys.refuse_lost, sealed, lambda: queries.open_many(owners, "identity")):
        with pytest.raises(Invalid, match="root_key_gone"):
            act()
    assert not path.exists()

    path.write_bytes(kept)
    keys.refuse_lost()
    assert queries.open_many(owners, "identity") == owners


def test_the_root_key_of_another_installation_is_told_apart(tmp_path: Path) -> None:
    sealed()
    (tmp_path / "keys" / "root.key").write_text(base64_key())
    after_a_new_start()

    with pytest.raises(Invalid, match="root_key_gone"):
        keys.refuse_lost()


def test_shares_of_the_root_key_give_it_back_and_the_ledger_has_that_they_were_made(tmp_path: Path) -> None:
    sealed()

    made = roots.split(author=AUTHOR, at=NOW, number=5, needed=3)

    providers.put_new(tmp_path / "again", roots.joined(made[1:4]))
    assert providers.read_keys(tmp_path / "again") == providers.read_keys(tmp_path / "keys" / "root.key")
    with pytest.raises(Invalid, match="file_exists"):
        providers.put_new(tmp_path / "again", bytes(32))
    (entry,) = ledger.latest(limit=1)
    assert (entry.act, entry.detail) == ("keys.split", {"root": made[0].key_name, "shares": "5", "needed": "3"})


def test_shares_of_another_time_are_told_although_all_are_of_one_key(tmp_path: Path) -> None:
    sealed()
    first, second = (roots.split(author=AUTHOR, at=NOW, number=5, needed=3) for _ in range(2))

    with pytest.raises(Invalid, match="another_key"):
        roots.joined([*first[:2], *second[2:]])


def test_no_shares_are_made_of_several_roots_or_of_one_that_is_elsewhere(
    monkeypatch: pytest.MonkeyPatch, service: type[KeyService]
) -> None:
    with pytest.raises(Invalid, match="root_not_here"):
        roots.split(author=AUTHOR, at=NOW, number=5, needed=3)
    monkeypatch.setenv("AMPARO_KEY_PROVIDER", "environment")
    monkeypatch.setenv("AMPARO_ROOT_KEY", f"{base64_key()} {base64_key()}")
    with pytest.raises(Invalid, match="several_roots"):
        roots.split(author=AUTHOR, at=NOW, number=5, needed=3)


@pytest.mark.parametrize("content", ["", "nonsense!", "c2hvcnQ=", "\n"])
def test_a_file_that_holds_no_root_key_is_refused_in_words(tmp_path: Path, content: str) -> None:
    file = tmp_path / "bad.key"
    file.write_text(content)

    with pytest.raises(Invalid, match="bad_root_key"):
        FileKeys(file)


def test_an_unknown_provider_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPARO_KEY_PROVIDER", "nobody.Knows")

    with pytest.raises(Invalid, match="no_such_provider"):
        keys.row_keys()

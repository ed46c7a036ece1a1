"""The two tables of blind tokens say the same, whatever was written, replaced, erased or moved from the older table."""

from __future__ import annotations

from collections import defaultdict
from importlib import import_module
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from amparo.vault import actions, cipher, queries
from amparo.vault.models import BlindToken, OwnerTokens


def found_by_token() -> dict[UUID, set[bytes]]:
    held: dict[UUID, set[bytes]] = defaultdict(set)
    for token, owner in BlindToken.objects.values_list("token", "owner"):
        held[owner].add(bytes(token))
    return dict(held)


def found_by_owner() -> dict[UUID, set[bytes]]:
    rows = OwnerTokens.objects.values_list("owner", "packed")
    return {owner: set(cipher.tokens_in(packed)) for owner, packed in rows if packed}


@pytest.mark.django_db(databases=["default", "vault"])
def test_both_tables_follow_what_is_written_replaced_and_erased() -> None:
    kept, changed, erased = uuid4(), uuid4(), uuid4()
    actions.put_tokens({owner: {"shared", f"own {owner}"} for owner in (kept, changed, erased)})

    actions.put_tokens({changed: {"new", "shared"}}, replacing=[changed])
    actions.erase([erased])

    assert found_by_token() == found_by_owner()
    assert queries.owners_with(["shared"]) == {kept: 1, changed: 1}
    assert queries.owners_with([f"own {changed}", f"own {erased}"]) == {}
    assert queries.owners_with(["new"]) == {changed: 1}


@pytest.mark.django_db(databases=["default", "vault"])
def test_an_owner_without_tokens_can_get_some_later() -> None:
    owner = uuid4()
    actions.put_tokens({owner: ()})

    actions.put_tokens({owner: {"late"}}, replacing=[owner])

    assert queries.owners_with(["late"]) == {owner: 1}


@pytest.mark.as_owner
@pytest.mark.django_db(databases=["default", "vault"], transaction=True)
def test_tokens_of_the_older_table_are_found_after_the_move() -> None:
    connection = connections["vault"]
    migration = import_module("amparo.vault.migrations.0002_token_table")
    executor = MigrationExecutor(connection)
    before = executor.loader.project_state(("vault", "0001_initial")).apps
    after = executor.loader.project_state(("vault", "0003_rotation")).apps
    owners = [uuid4(), uuid4()]
    with connection.schema_editor() as editor:
        for model in (BlindToken, OwnerTokens):
            editor.delete_model(model)
        editor.create_model(before.get_model("vault", "BlindToken"))
    numbered = before.get_model("vault", "BlindToken").objects.using("vault")
    numbered.bulk_create(numbered.model(token=bytes([n]) * 12, owner=owner) for owner in owners for n in (2, 1, 2))

    with connection.schema_editor() as editor:
        for step in (migration.put_aside, migration.make, migration.move):
            step(after, editor)

    assert found_by_token() == found_by_owner() == {owner: {b"\1" * 12, b"\2" * 12} for owner in owners}

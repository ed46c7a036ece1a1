"""Whoever owns the database alone cannot add to the ledger, even where no checkpoint has seen it yet."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from amparo.ledger import entries, signing, tree, verification
from amparo.ledger.models import Entry
from tests.integration.ledger.test_ledger import as_administrator, own_folder, write

__all__ = ["own_folder"]

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def forge(*, with_key: bool) -> None:
    """Put an entry at the end that fits in every other way."""
    last = Entry.objects.order_by("-seq").first()
    assert last is not None
    size, digest = last.seq, last.digest
    last.seq, last.actor, last.subject_count, last.subjects_digest = size + 1, "colleague", 0, ""
    last.digest = entries.digest(verification.content_of(last))
    if with_key:
        last.stamp = signing.stamps()(last.digest)
    last.save(force_insert=True)
    tree.grow(size, digest, last.digest)


def test_an_entry_added_by_somebody_without_the_key_is_found() -> None:
    write(4)
    forge(with_key=False)

    assert verification.verify().fault == verification.Fault(5, "stamp")


def test_the_same_entry_written_with_the_key_is_as_good_as_any() -> None:
    write(4)
    forge(with_key=True)

    assert verification.verify().fault is None


@pytest.mark.as_owner
def test_a_stamp_that_was_taken_away_is_missed() -> None:
    write(4)
    as_administrator("UPDATE ledger_entry SET stamp = NULL WHERE seq = 4")

    assert verification.verify().fault == verification.Fault(4, "stamp")


@pytest.mark.as_owner
def test_no_stamp_is_missing_unseen_where_somebody_took_all_of_them() -> None:
    write(4)
    as_administrator("UPDATE ledger_entry SET stamp = NULL")

    assert verification.verify().fault == verification.Fault(1, "stamp")


@pytest.mark.as_owner
def test_entries_of_the_time_before_stamps_are_stamped_once() -> None:
    write(4)
    as_administrator("UPDATE ledger_entry SET stamp = NULL")
    migration = import_module("amparo.ledger.migrations.0003_stamp")

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Deferred foreign keys would otherwise hold their checks back and lock the tables.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        migration.stamp(apps, SimpleNamespace(connection=connection, execute=cursor.execute))

    assert verification.verify().fault is None

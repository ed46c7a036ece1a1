"""What lies apart even inside the vault: where somebody is.

A compartment of locations has tables of its own. Under PostgreSQL they belong to a role of their own too
(``AMPARO_PLACES_ROLE``): the one that serves has no right to them, and becomes the other one for the statements that
touch them. Whatever else is asked of the vault, by a mistake or by somebody who got in between, does not reach them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import connections, transaction

from amparo.vault.models import DataKey, PlaceKey, Sealed, SealedKey, SealedRow, SealedWhereabouts

APART = frozenset({"place"})
"""The compartments that lie apart."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Where the data keys and the documents of some compartments lie, and whether another role reads them."""

    keys: type[SealedKey]
    documents: type[SealedRow]
    apart: bool

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Do what follows with the right to these tables; nothing but these tables is touched meanwhile."""
        if not self.apart:
            yield
            return
        with entered():
            yield


@contextmanager
def entered() -> Iterator[None]:
    """Be the role of places until the end, inside a transaction of the vault; nothing where there is no such role."""
    connection = connections["vault"]
    if connection.vendor != "postgresql" or not settings.PLACES_ROLE:
        yield
        return
    with transaction.atomic(using="vault"), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.PLACES_ROLE)}")
        yield
        # Where something fails instead, taking the transaction back takes the role back.
        cursor.execute("SET LOCAL ROLE NONE")


USUAL = Tables(DataKey, Sealed, apart=False)
PLACES = Tables(PlaceKey, SealedWhereabouts, apart=True)


def holding(compartment: str = "") -> tuple[Tables, ...]:
    """The tables that a compartment lies in; those of every compartment where none is named."""
    if not compartment:
        return USUAL, PLACES
    return (PLACES,) if compartment in APART else (USUAL,)


def of(compartment: str) -> Tables:
    """The tables of one compartment."""
    return holding(compartment)[0]

"""Waiting for one's turn: what two processes must not do at once is done by one after the other.

SQLite lets one process write at a time anyway. PostgreSQL would let two go on side by side from the same beginning, of
which one fails at the end or, worse, overwrites the other; there a turn is an advisory lock until the transaction ends.
Whoever needs several turns takes them in the order of :class:`Turn`, so that no two wait for each other.
"""

from __future__ import annotations

from enum import IntEnum
from zlib import crc32

from django.db import connection

# Any number will do as long as nobody else in the database uses it for an advisory lock.
_FAMILY = 4_206_917


class Turn(IntEnum):
    """What is done by one process at a time, in the order in which turns are taken."""

    QUESTION = 0
    DELIVERY = 1
    PERSONS = 2
    LEDGER = 3


def wait(turn: Turn, part: str = "") -> None:
    """Wait until nobody else is at it, and keep the turn until the transaction ends.

    ``part`` narrows it, such as to one source or account. What was written before is visible to every query that comes
    after.
    """
    if connection.vendor != "postgresql":
        return
    number = turn * 1_000_003 + crc32(part.encode("utf-8"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_FAMILY, number % 2**31])

"""Whether the database would not let a page write because something long is being written.

SQLite lets one process write at a time. A delivery is one transaction, and while a large one is taken nobody else's
reading can be noted in the ledger; what cannot be noted is not served (law 4).
"""

from __future__ import annotations

import sqlite3

from django.db import OperationalError

_WAITED_IN_VAIN = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
# PostgreSQL: lock not available, where the installation sets how long a statement waits for one.
_LOCK_NOT_AVAILABLE = "55P03"


def is_busy(error: BaseException | None) -> bool:
    """Whether an error says that somebody else holds what was waited for."""
    cause = error.__cause__ if isinstance(error, OperationalError) else None
    if isinstance(cause, sqlite3.OperationalError):
        # The lower byte is the kind; the rest says more of it.
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _WAITED_IN_VAIN
    return getattr(cause, "sqlstate", None) == _LOCK_NOT_AVAILABLE

"""Which backups of a folder are kept: every one of the last hour, then one an hour, then one a day, until their term.

So somebody may write one every few minutes, and lose no more than those minutes; and what was erased is gone from the
last backup when the term is over (35 days, the time for which keys are kept apart).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction

from amparo.ledger import actions as ledger
from amparo.vault.backups.writing import SUFFIX

HOUR, DAY, TERM = timedelta(hours=1), timedelta(days=1), timedelta(days=35)
_NAME = f"%Y%m%dT%H%M%SZ{SUFFIX}"


def kept(moments: Collection[datetime], now: datetime) -> set[datetime]:
    """Those that stay: of the last hour all, of each hour of the last day and each day of the term the last one. Pure.

    The newest of all stays whatever its age, because it may be all that there is.
    """
    chosen: dict[object, datetime] = {}
    for moment in sorted(moments):
        age = now - moment
        if age <= HOUR:
            chosen[moment] = moment
        elif age <= DAY:
            chosen[moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)] = moment
        elif age <= TERM:
            chosen[moment.astimezone(UTC).date()] = moment
    return set(chosen.values()) | ({max(moments)} if moments else set())


def thin(*, author: ledger.Author, folder: Path, at: datetime) -> int:
    """Delete the other backups of a folder; returns how many. Only files that are named as backups are looked at.

    The ledger has how many there were before they are gone.
    """
    files = {moment: file for file in folder.glob(f"*{SUFFIX}") if (moment := _moment(file))}
    gone = sorted(set(files) - kept(files, at))
    if gone:
        with transaction.atomic():
            detail = {"deleted": len(gone), "oldest": gone[0].isoformat()}
            ledger.record(author=author, act="backup.thin", at=at, purpose="security", basis="role", detail=detail)
        for moment in gone:
            files[moment].unlink(missing_ok=True)
    return len(gone)


def _moment(file: Path) -> datetime | None:
    try:
        return datetime.strptime(file.name, _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None

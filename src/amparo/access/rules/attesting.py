"""What a user may do is looked at again every quarter, or ends. Pure.

The security document asks for privileges to be verified from time to time (DS 016-2024-JUS); how often is a rule of
this house.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

QUARTER = timedelta(days=91)
SOON = timedelta(days=14)

Standing = Literal["fresh", "soon", "expired"]


def due(created: datetime, attested: datetime | None) -> datetime:
    """By when somebody has to say that the access is still needed."""
    return max(created, attested or created) + QUARTER


def has_ended(ends_on: date | None, today: date) -> bool:
    """Whether an access that was given for a time is over: the last day still counts."""
    return ends_on is not None and today > ends_on


def standing(created: datetime, attested: datetime | None, at: datetime) -> Standing:
    """How an access stands at a moment."""
    by = due(created, attested)
    return "expired" if at >= by else "soon" if at >= by - SOON else "fresh"

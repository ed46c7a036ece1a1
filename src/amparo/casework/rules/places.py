"""Reading a sealed place: who may say yes, for how long it holds, and how often. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

LASTS = timedelta(minutes=15)
ANSWER_WITHIN = timedelta(hours=24)
READS_A_DAY = 3
LEAST_LETTERS = 30

Standing = Literal["waiting", "lapsed", "refused", "open", "closed", "read"]


@dataclass(frozen=True, slots=True)
class Request:
    """One request to read a place."""

    id: UUID
    place: UUID
    code: str
    kind: str
    username: str
    institution: str
    office: str
    at: datetime
    verdict: str
    decided_by: str
    until: datetime | None
    read_at: datetime | None


def standing(request: Request, at: datetime) -> Standing:
    """How a request stands at a moment: only an ``open`` one lets anything be read, and only once."""
    if request.verdict == "refused":
        return "refused"
    if request.read_at is not None:
        return "read"
    if request.verdict == "approved":
        return "open" if request.until is not None and at < request.until else "closed"
    return "waiting" if at < request.at + ANSWER_WITHIN else "lapsed"


def may_decide(request: Request, username: str, institution: str, office: str) -> bool:
    """Two people, of two offices: nobody says yes to herself, nor to her own office."""
    return username != request.username and (institution, office) != (request.institution, request.office)

"""Copies of the checkpoints outside this machine: a file on another disk, an e-mail, a partner institution's server.

``AMPARO_CHECKPOINTS`` names the places, separated by spaces: ``file:/mnt/worm/amparo.jsonl``, ``mailto:odp@…``,
``https://…``, and ``tsa+https://…`` for a time-stamping authority. A checkpoint holds sizes and hashes and says nothing
about anybody. A place that does not answer is tried again later and gets everything that it has missed; nothing waits
for it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from django.core.mail import EmailMessage
from django.db.models import Max

from amparo.kernel.errors import Denied, Invalid
from amparo.ledger import checkpoints, notes, proofs, timestamps
from amparo.ledger.models import Entry, Sending

_TIMEOUT_SECONDS = 20
_LONGEST_PAUSE = timedelta(hours=6)
SILENT_FOR_AT_MOST = timedelta(hours=4)
"""So long no place outside may miss what was written; X-Road stops after as long without its time-stamps."""
WARNS_AFTER = timedelta(hours=1)
"""After so long somebody is told, while everything still opens."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one place gets: the notes it has not seen, and proof that the newest continues the last it has."""

    notes: tuple[str, ...]
    proof: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class State:
    """How a place stands: its kind and host, the entries its newest note covers, and since when it does not answer."""

    place: str
    size: int
    sent_at: datetime | None
    attempts: int


def places() -> list[str]:
    """The places that this installation is set to send to; raises ``Invalid`` for one of an unknown kind."""
    found = os.environ.get("AMPARO_CHECKPOINTS", "").split()
    for place in found:
        if urlsplit(place).scheme not in _WAYS:
            raise Invalid("ledger.unknown_destination", kind=urlsplit(place).scheme)
    return found


def send_due(at: datetime) -> int:
    """Send to every place what it has not seen yet; returns how many got something."""
    return sum(_send(place, at) for place in places())


def is_silent(at: datetime, *, since: timedelta) -> bool:
    """Whether places are set and none of them has seen an entry that is older than so long.

    One place that has it is enough, and so is a file on another disk. Where nothing was written nothing is missed.
    """
    named = [_name(place) for place in places()]
    if not named:
        return False
    seen = Sending.objects.filter(destination__in=named).aggregate(most=Max("size"))["most"] or 0
    waits = Entry.objects.filter(seq__gt=seen).order_by("seq").values_list("at", flat=True).first()
    return waits is not None and waits < at - since


def require_contact(at: datetime) -> None:
    """Raise ``Denied`` where what is done here has been seen nowhere else for too long.

    Whoever cuts the machine off could rewrite what it noted since; so nothing sealed is opened meanwhile.
    """
    if is_silent(at, since=SILENT_FOR_AT_MOST):
        raise Denied("ledger.cut_off", hours=SILENT_FOR_AT_MOST // timedelta(hours=1))


def states() -> list[State]:
    """How each place stands."""
    known = {row.destination: row for row in Sending.objects.all()}
    rows = [(place, known.get(_name(place), Sending())) for place in places()]
    return [State(_shown(place), row.size, row.sent_at, row.attempts) for place, row in rows]


def _send(place: str, at: datetime) -> bool:
    row, _ = Sending.objects.get_or_create(destination=_name(place))
    fresh = checkpoints.newer_than(row.size)
    if not fresh or (row.next_at and row.next_at > at):
        return False
    try:
        _WAYS[urlsplit(place).scheme](place, _parcel(row.size, fresh))
    except OSError:
        # Minutes at first, hours later: 1, 2, 4 … up to the longest pause.
        row.attempts += 1
        row.next_at = at + min(_LONGEST_PAUSE, timedelta(minutes=2 ** min(row.attempts - 1, 10)))
        row.save()
        return False
    row.size, row.sent_at, row.attempts, row.next_at = notes.parse(fresh[-1]).size, at, 0, None
    row.save()
    return True


def _parcel(size: int, fresh: list[str]) -> Parcel:
    last = checkpoints.of_size(size)
    return Parcel(tuple(fresh), proofs.since(last) if last else None)


def _to_file(place: str, parcel: Parcel) -> None:
    for note in parcel.notes:
        checkpoints.append(Path(unquote(urlsplit(place).path)), note)


def _to_mail(place: str, parcel: Parcel) -> None:
    """The newest note as the text, so that it can be read years later without Amparo."""
    text = parcel.notes[-1]
    message = EmailMessage(subject="Amparo: constancia / checkpoint", body=text, to=[unquote(urlsplit(place).path)])
    if parcel.proof:
        message.attach("proof.json", json.dumps(parcel.proof), "application/json")
    message.send()


def _to_server(place: str, parcel: Parcel) -> None:
    body = json.dumps({"notes": parcel.notes, "proof": parcel.proof}).encode("utf-8")
    request = Request(place, data=body, headers={"Content-Type": "application/json"}, method="POST")  # noqa: S310
    with urlopen(request, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310
        answer.read()


def _to_authority(place: str, parcel: Parcel) -> None:
    newest = parcel.notes[-1]
    timestamps.stamp(newest, notes.parse(newest).size, place.removeprefix("tsa+"))


_WAYS: dict[str, Callable[[str, Parcel], None]] = {
    "file": _to_file,
    "mailto": _to_mail,
    "https": _to_server,
    "http": _to_server,
    "tsa+https": _to_authority,
    "tsa+http": _to_authority,
}


def _name(place: str) -> str:
    """A place by a digest: an address may hold a password."""
    return hashlib.sha256(place.encode("utf-8")).hexdigest()


def _shown(place: str) -> str:
    """A place as people see it: its kind and, for a server, its host."""
    parts = urlsplit(place)
    return f"{parts.scheme}:{parts.hostname}" if parts.hostname else parts.scheme

"""That there is something to look at, by mail and without content.

``AMPARO_ALERT_MAIL`` names who is told, separated by spaces: an address alone is the officer's for data protection,
``mimp-upe-loreto=jefa@…`` an office's. Every message is the same to the letter: whoever reads a mailbox over a shoulder
learns nothing of whom, what or how many, and a message with a link or a name is nobody's of ours.
"""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import datetime, timedelta

from django.core.mail import EmailMessage

from amparo.access.models import Alert
from amparo.kernel.errors import Invalid
from amparo.pack.current import pack

SUBJECT = "Hay algo por ver / Something to look at"
BODY = (
    "Hay algo por ver. Entre como siempre, escribiendo usted la dirección.\n"
    "Este mensaje no trae datos ni enlaces; si alguno los trae, no es nuestro.\n\n"
    "There is something to look at. Sign in as always, typing the address yourself.\n"
    "This message has no data and no links; one that has is not ours.\n"
)
# What nobody was told of for so long, everybody who could be told of it has seen or will not be helped by it.
_STALE = timedelta(days=7)


def send_due(at: datetime) -> int:
    """Send one message to each address for which an alert waits that it was not told of; returns how many were sent.

    Where the mail server does not answer, it is tried again the next time. Raises ``Invalid`` for an unknown
    office, and for what is no address.
    """
    told = _told()
    waiting = Alert.objects.filter(mailed_at=None, seen_at=None, at__gt=at - _STALE)
    to = {alert.id: {address for address, offices in told.items() if _is_for(alert, offices)} for alert in waiting}
    reached = {address: _send(address) for address in sorted(set[str]().union(*to.values()))}
    done = [alert for alert, addresses in to.items() if addresses and all(reached[each] for each in addresses)]
    Alert.objects.filter(id__in=done).update(mailed_at=at)
    return sum(reached.values())


def _told() -> dict[str, set[str]]:
    """The codes of the offices that each address stands for; the officer's is empty."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in os.environ.get("AMPARO_ALERT_MAIL", "").split():
        office, _, address = each.rpartition("=")
        if office and office not in pack().offices:
            raise Invalid("alert.unknown_office", office=office)
        if not all(address.partition("@")[::2]):
            raise Invalid("alert.no_address", place=office or "odp")
        found[address].add(office)
    return found


def _is_for(alert: Alert, offices: set[str]) -> bool:
    """Whether one of the offices is meant: the officer by an alert without institution, every office by its unit."""
    if not alert.institution:
        return "" in offices
    known = [pack().offices[code] for code in offices if code]
    return any(
        (each.institution, each.unit) == (alert.institution, alert.unit) and alert.office in ("", each.code)
        for each in known
    )


def _send(address: str) -> bool:
    try:
        return EmailMessage(subject=SUBJECT, body=BODY, to=[address]).send() == 1
    except OSError:
        return False

"""``amparo tick``: what must happen though nobody does anything. A timer runs it every few minutes."""

from __future__ import annotations

import argparse

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.language import Text

_DONE = Text(
    "Al día: {people} personas con sus pasos debidos a esta hora.",
    "Up to date: {people} people with what they are owed at this hour.",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the data folder."""
    installation.add_data(parser)


def run(options: argparse.Namespace) -> int:
    """Compare records that still wait, let terms run out, drop what nobody came back to, sign the ledger's head
    and send it away.

    An exchange of keys that was killed goes on, because deliveries wait for it.
    An access for which nobody has vouched in a quarter ends.
    Who opened somebody in an emergency that nobody reviewed in time is told to the officer for data protection.
    What is unusual in today's readings is told to her too, and that the ledger has reached nobody for an hour.
    Whoever has an alert to look at is told by mail that there is one.
    What is dropped are sessions that ended, files that nobody confirmed, files that nothing refers to,
    and what the country pack no longer lets us keep.
    """
    installation.open_existing(options.data)
    from django.core.management import call_command
    from django.utils import timezone

    from amparo.access import attestations, emergencies, mailing
    from amparo.access.actors import MACHINE
    from amparo.casework.actions import catching_up, erasing, rebuild, watching
    from amparo.ledger import checkpoints, outside
    from amparo.registries.actions import redigesting, sweeping, uploads

    now = timezone.now()
    # A process that died after taking a delivery leaves its records waiting: without this, until the next delivery.
    catching_up.catch_up(actor=MACHINE, at=now, processes=installation.processes())
    redigesting.go_on(author=MACHINE.author, at=now)
    people = rebuild.as_of(at=now, processes=installation.processes())
    uploads.discard_forgotten(actor=MACHINE, at=now)
    sweeping.sweep(actor=MACHINE, at=now)
    erasing.keep_to_terms(actor=MACHINE, at=now)
    emergencies.tell_overdue(actor=MACHINE, at=now)
    attestations.suspend_expired(actor=MACHINE, at=now)
    watching.look(at=now)
    call_command("clearsessions")
    checkpoints.write()
    outside.send_due(now)
    watching.tell_of_silence(at=now)
    mailing.send_due(now)
    print(_DONE.fill(people=people))
    return 0

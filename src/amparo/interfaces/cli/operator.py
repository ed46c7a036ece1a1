"""Who acts when a command is run: whoever is at this machine's terminal, as the system knows them."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amparo.access.actors import Actor


def operator(*capabilities: str, institution: str = "") -> Actor:
    """The user of this terminal, with exactly what the command needs; the ledger shows it as ``terminal:user``.

    Whoever can run commands on the installation's machine can read its keys: what holds them is that machine's own
    access control. The ledger still says who it was.
    """
    from amparo.access.actors import Actor

    return Actor(
        name=f"terminal:{getpass.getuser()}",
        institution=institution,
        role="terminal",
        scope="all",
        capabilities=frozenset(capabilities),
    )

"""Who acts when a command is run: whoever is at this machine's terminal, as the system knows them."""

from __future__ import annotations

import os
import pwd
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amparo.access.actors import Actor


def operator(*capabilities: str, institution: str = "") -> Actor:
    """The user of this terminal, with exactly what the command needs; the ledger shows it as ``terminal:user``.

    Whoever can run commands on the installation's machine can read its keys: what holds them is that machine's own
    access control. The ledger still says who it was: the account that runs the command, not what the environment says.
    """
    from amparo.access.actors import Actor

    return Actor(
        name=f"terminal:{pwd.getpwuid(os.getuid()).pw_name}",
        institution=institution,
        role="terminal",
        scope="all",
        capabilities=frozenset(capabilities),
    )

"""``amparo serve``: serves the pages of an installation."""

from __future__ import annotations

import argparse

from amparo.interfaces.cli import installation, serving
from amparo.interfaces.cli.commands import grants
from amparo.interfaces.cli.language import Text
from amparo.kernel.errors import Invalid

_ADDRESS = Text(
    "dirección en la que atiende (si no, solo esta máquina)", "address to serve at (else this machine only)"
)
_PORT = Text("puerto (si no, 8000)", "port (else 8000)")
_WORKERS = Text("procesos (si no, 2)", "processes (else 2)")
_READY = Text("Amparo atiende en http://{address}:{port}", "Amparo serves at http://{address}:{port}")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add where to serve."""
    installation.add_data(parser)
    parser.add_argument("--address", default=serving.LOOPBACK, help=str(_ADDRESS))
    parser.add_argument("--port", type=int, default=8000, help=str(_PORT))
    parser.add_argument("--workers", type=int, default=2, help=str(_WORKERS))


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted; a demonstration never leaves this machine.

    Nothing is served without its keys, nor, for real use, by a role that may do more to the tables than it needs.
    """
    installation.open_existing(options.data)
    from django.conf import settings

    from amparo.vault import keys

    keys.refuse_lost()
    if not settings.DEMO and not grants.are_exact():
        raise Invalid("serve.rights")
    if settings.DEMO and options.address not in (serving.LOOPBACK, "localhost", "::1"):
        raise Invalid("serve.demo_stays_here", address=options.address)
    ready = _READY.fill(address=options.address, port=options.port)
    serving.serve(
        address=options.address,
        port=options.port,
        workers=options.workers,
        ready=lambda: print(ready, flush=True),
    )
    return 0

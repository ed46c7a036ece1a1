"""Serving the pages with Granian."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

from amparo.kernel.errors import Invalid

LOOPBACK = "127.0.0.1"
# Every thread may hold a connection to each database; more threads than this only wait for each other.
THREADS = 4
# How many requests may wait per worker before the system's own queue holds them.
WAITING = 64


def require_free(address: str, port: int) -> None:
    """Raise ``Invalid`` where somebody already answers at this port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise Invalid("serve.port_taken", port=port) from error


def serve(*, address: str, port: int, workers: int, ready: Callable[[], None] | None = None) -> None:
    """Serve until interrupted. ``ready`` is called when the socket is open and the workers are starting."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    require_free(address, port)
    server = Granian(
        "amparo.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=WAITING,
        websockets=False,
        log_level=LogLevels.warning,
    )
    if ready:
        server.on_startup(ready)
    # Workers are new processes: they must find the same installation and settings.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.config.settings.demo")
    server.serve()

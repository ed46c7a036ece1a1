"""Serving the pages with Granian."""

from __future__ import annotations

import http.client
import multiprocessing
import socket
import threading
import time
from collections.abc import Callable

from amparo.kernel.errors import Invalid

LOOPBACK = "127.0.0.1"
# Every thread may hold a connection to each database; more threads than this only wait for each other.
THREADS = 4
# How many requests may wait per worker before the system's own queue holds them.
WAITING = 64
# What a request that is under way may still take when the server is told to stop.
SECONDS_TO_STOP = 5
_SECONDS_TO_ANSWER = 60.0


def require_free(address: str, port: int) -> None:
    """Raise ``Invalid`` where somebody already answers at this port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise Invalid("serve.port_taken", port=port) from error


def serve(*, address: str, port: int, workers: int, ready: Callable[[], None] | None = None) -> None:
    """Serve until interrupted. ``ready`` is called when the first page can be had.

    Workers begin as fresh processes instead of copies of this one: a copy inherits locks that some thread held at
    that moment, and then may never answer.
    """
    multiprocessing.set_start_method("spawn", force=True)
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
        workers_kill_timeout=SECONDS_TO_STOP,
        log_level=LogLevels.warning,
    )
    if ready:
        watcher = threading.Thread(target=_when_it_answers, args=(address, port, ready), daemon=True)
        server.on_startup(watcher.start)
    server.serve()


def _when_it_answers(address: str, port: int, ready: Callable[[], None]) -> None:
    """Call ``ready`` once a page was answered, whatever the answer; give up in silence after a minute."""
    until = time.monotonic() + _SECONDS_TO_ANSWER
    while time.monotonic() < until:
        connection = http.client.HTTPConnection(address, port, timeout=_SECONDS_TO_ANSWER)
        try:
            connection.request("GET", "/salud")
            connection.getresponse()
        except OSError:
            time.sleep(0.1)
        else:
            ready()
            return
        finally:
            connection.close()

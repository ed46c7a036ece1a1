"""``amparo bait add``: writes records of nobody. Whoever opens one raises an alarm with the data-protection officer."""

from __future__ import annotations

import argparse
import secrets

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.language import Text
from amparo.kernel.errors import Invalid

_ADD = Text(
    "escribe registros de nadie, que nadie tiene motivo de abrir", "writes records of nobody, for nobody to open"
)
_COUNT = Text("cuántos", "how many")
_MOST = 500
_DONE = Text(
    "{count} registros de nadie escritos. Cuáles son no se muestra: solo la bóveda lo sabe.",
    "{count} records of nobody written. Which they are is not shown: only the vault knows.",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the part ``add``."""
    parts = parser.add_subparsers(dest="part", required=True)
    add = parts.add_parser("add", help=str(_ADD), description=str(_ADD))
    add.add_argument("--count", type=int, default=5, metavar="N", help=str(_COUNT))
    installation.add_data(add)


def run(options: argparse.Namespace) -> int:
    """Write them and project them as persons, as any others."""
    if not 1 <= options.count <= _MOST:
        raise Invalid("bait.count", most=_MOST)
    installation.open_existing(options.data)
    from django.utils import timezone

    from amparo.casework.actions import baiting
    from amparo.interfaces.cli.operator import operator
    from amparo.pack.current import pack
    from amparo.world import baits

    now = timezone.now()
    invented = baits.invented(options.count, seed=secrets.randbits(64), today=timezone.localdate(now), pack=pack())
    made = baiting.plant(actor=operator(), invented=list(invented), at=now)
    print(_DONE.fill(count=made))
    return 0

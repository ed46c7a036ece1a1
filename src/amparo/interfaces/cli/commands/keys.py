"""``amparo keys``: which keys there are and what lies under them, and exchanging them while everybody works."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from amparo.interfaces.cli import installation, key_shares
from amparo.interfaces.cli.language import Text

if TYPE_CHECKING:
    from amparo.vault.rotation import Rotated, Rotation

_STATUS = Text("muestra las llaves y qué hay bajo cada una", "shows the keys and what lies under each")
_ROTATE = Text(
    "cambia las llaves sin detener el servicio; si se interrumpe, la misma orden continúa",
    "exchanges the keys while the service goes on; if interrupted, the same command continues",
)
_ROOT = Text(
    "cambia también la llave raíz por la del ARCHIVO, que se crea si no existe; sin archivo, por la más nueva de las"
    " configuradas",
    "also exchanges the root key for that of FILE, which is made where there is none; without a file, for the newest"
    " one configured",
)
_INSTITUTION = Text("solo la llave de esta institución (se puede repetir)", "only this institution's key (repeatable)")
_DATA_KEYS = Text(
    "crea además llaves de datos nuevas y vuelve a sellar cada documento",
    "also makes new data keys and seals every document again",
)
_UNDER = {
    "data_keys": Text("{count} llaves de datos", "{count} data keys"),
    "files": Text("{count} archivos", "{count} files"),
    "tokens": Text("fichas de búsqueda de {count} registros", "search tokens of {count} records"),
}
_NOTHING = Text("nada", "nothing")
_IN_USE = Text("en uso", "in use")
_GOING = Text(
    "Una rotación empezada el {day} no terminó: «amparo keys rotate» la continúa.",
    "A rotation begun on {day} has not ended: “amparo keys rotate” continues it.",
)
_CONTINUES = Text(
    "Continúa la rotación empezada el {day}; lo pedido ahora se hará en otra.",
    "Continuing the rotation begun on {day}; what was asked for now takes another one.",
)
_DONE = Text("Llaves cambiadas. Destruidas: {destroyed}.", "Keys exchanged. Destroyed: {destroyed}.")
_LEFT = Text(
    "Quedan {left} bajo la llave anterior porque se estaban usando. Repita «amparo keys rotate».",
    "{left} are left under the old key because they were in use. Repeat “amparo keys rotate”.",
)
_UNREADABLE = Text(
    "{unreadable} no se pueden abrir (alterados, o su llave ya no existe). Quedan como están, bajo la llave anterior,"
    " que no se destruyó. Avise a quien responde por los datos.",
    "{unreadable} do not open (altered, or their key is gone). They stay as they are under the old key, which was not"
    " destroyed. Tell whoever answers for the data.",
)
_NEW_ROOT = Text(
    "{count} llaves están ahora bajo la llave raíz {root}. Guarde una copia de la nueva fuera de este equipo, y la"
    " anterior junto a las copias de seguridad hechas con ella, mientras esas copias existan.",
    "{count} keys are under the root key {root} now. Keep a copy of the new one outside this machine, and the old one"
    " with the backups made under it, as long as those exist.",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the parts and their options."""
    parts = parser.add_subparsers(dest="part", required=True)
    status = parts.add_parser("status", help=str(_STATUS), description=str(_STATUS))
    rotate = parts.add_parser("rotate", help=str(_ROTATE), description=str(_ROTATE))
    rotate.add_argument("--root", metavar="FILE", nargs="?", const="", help=str(_ROOT))
    rotate.add_argument("--institution", metavar="CODE", action="append", default=[], help=str(_INSTITUTION))
    rotate.add_argument("--data-keys", action="store_true", help=str(_DATA_KEYS))
    for part in (status, rotate):
        installation.add_data(part)
        installation.add_json(part)
    key_shares.configure(parts)


def run(options: argparse.Namespace) -> int:
    """Do the part that was asked for; ``rotate`` ends with 1 where something was left or does not open."""
    if options.part == "join":
        return key_shares.join(options)
    installation.open_existing(options.data)
    parts = {"status": _status, "rotate": _rotate, "split": key_shares.split}
    return parts[options.part](options)


def _status(options: argparse.Namespace) -> int:
    from amparo.vault import rotation

    told = rotation.status()
    going = rotation.unfinished()
    if options.json:
        print(json.dumps({"keys": told, "unfinished_since": going.started_at.isoformat() if going else None}))
        return 0
    for name, under in told.items():
        counted = ", ".join(_UNDER[kind].fill(count=count) for kind, count in under.items())
        print(f"{name:<28} {counted or (_IN_USE if rotation.is_always_in_use(name) else _NOTHING)}")
    if going:
        print(_GOING.fill(day=going.started_at.date().isoformat()))
    return 0


def _rotate(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from amparo.interfaces.cli.operator import operator
    from amparo.registries.actions import redigesting
    from amparo.registries.queries.identities import tokens_of
    from amparo.vault import roots, rotation

    author, now = operator().author, timezone.now()
    going = rotation.unfinished()
    if going is not None and (options.institution or options.data_keys):
        print(_CONTINUES.fill(day=going.started_at.date().isoformat()), file=sys.stderr)
    root = None
    if options.root is not None:
        root = roots.rotate(author=author, at=now, new=Path(options.root) if options.root else None)
    if redigesting.is_unfinished() or (going is None and not options.institution):
        redigesting.exchange(author=author, at=now)
    begun = rotation.begin(author=author, at=now, institutions=options.institution, data_keys=options.data_keys)
    done = rotation.run(begun, author=author, at=now, tokens_of=tokens_of, progress=_progress)
    _tell(done, begun, root, as_json=options.json)
    return 1 if done.left or done.unreadable else 0


def _progress(what: str, done: int, of: int) -> None:
    print(f"  {what:<12} {done}/{of}", end="\r" if sys.stderr.isatty() else "\n", file=sys.stderr, flush=True)


def _tell(done: Rotated, begun: Rotation, root: tuple[str, int] | None, *, as_json: bool) -> None:
    if as_json:
        told = {"moved": done.moved, "destroyed": done.destroyed, "left": done.left, "unreadable": done.unreadable}
        print(json.dumps({**told, "institutions": begun.institutions, "root": root[0] if root else None}))
        return
    if root:
        print(_NEW_ROOT.fill(root=root[0], count=root[1]))
    print(_DONE.fill(destroyed=", ".join(done.destroyed) or _NOTHING))
    if done.left:
        print(_LEFT.fill(left=done.left))
    if done.unreadable:
        print(_UNREADABLE.fill(unreadable=done.unreadable))

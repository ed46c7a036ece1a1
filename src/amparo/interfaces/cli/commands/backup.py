"""``amparo backup``: keys for backups, writing one, the list of erasures, reading one into an empty place, a drill."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.language import Text

_NEW_KEY = Text("crea la llave con que se sellan las copias", "makes the key that backups are sealed with")
_WRITE = Text("escribe una copia sellada de las dos bases", "writes a sealed backup of both databases")
_READ = Text(
    "comprueba una copia y la restaura donde no hay nada", "verifies a backup and restores it where there is nothing"
)
_ERASURES = Text(
    "escribe la lista de lo que se borró, sin nombres", "writes the list of what was erased, without names"
)
_DRILL = Text(
    "ensaya: restaura una copia en un lugar de paso, la comprueba y lo anota en la bitácora",
    "drills: restores a backup into a temporary place, checks it and notes that in the ledger",
)
_HELP = {
    "folder": Text("carpeta para las dos mitades de la llave", "folder for the two halves of the key"),
    "to": Text(
        "carpeta de las copias, mejor en otro disco o equipo", "folder of the backups, better on another machine"
    ),
    "changed": Text(
        "no hace nada si nada se anotó desde la última copia", "does nothing where nothing was noted since the last one"
    ),
    "thin": Text(
        "después borra de la carpeta las que sobran: quedan todas las de la última hora, una por hora del último día y"
        " una por día durante 35 días",
        "afterwards deletes from the folder what is too many: every one of the last hour stays, one for each hour of"
        " the last day, and one for each of 35 days",
    ),
    "public": Text("archivo de la llave pública", "file of the public key"),
    "private": Text("archivo de la llave privada", "file of the private key"),
    "file": Text("archivo de la copia", "file of the backup"),
    "into": Text(
        "carpeta de la nueva instalación: vacía, o solo con «keys»",
        "folder of the new installation: empty, or with nothing but “keys”",
    ),
    "list": Text("la lista de borrados más nueva que haya", "the newest list of erasures there is"),
    "without": Text(
        "restaurar sin lista: lo que se borró después de la copia vuelve a abrirse",
        "restore without a list: what was erased after the backup opens again",
    ),
    "erasures_to": Text("archivo para la lista", "file for the list"),
}
_KEY_MADE = Text(
    "Llave creada.\n"
    "  {public}\n    La mitad pública. Déjela en esta máquina: con ella se escriben copias y no se abre ninguna.\n"
    "  {private}\n    La mitad privada. Abre todas las copias. Llévela ahora a dos memorias USB, guárdelas bajo llave"
    " en dos lugares\n    distintos, lejos de las copias y de la llave raíz, y bórrela de esta máquina.\n"
    "Si se pierde la mitad privada, ninguna copia se abre. Para ver nombres hace falta, además, la llave raíz, que no"
    " está en las copias.",
    "Key made.\n"
    "  {public}\n    The public half. Leave it on this machine: with it backups are written and none is opened.\n"
    "  {private}\n    The private half. It opens every backup. Take it to two USB sticks now, lock them up in two"
    " different places,\n    far from the backups and from the root key, and delete it from this machine.\n"
    "If the private half is lost, no backup opens. To see names one needs the root key as well, which is in no backup.",
)
_WRITTEN = Text(
    "Copia escrita en {seconds:.0f} s: {file}, {size:.1f} MB, {rows} filas. SHA-256: {sha256}\n"
    "La lista de lo borrado ({erasures}) quedó al lado. Lleve ambas fuera de esta máquina.",
    "Backup written in {seconds:.0f} s: {file}, {size:.1f} MB, {rows} rows. SHA-256: {sha256}\n"
    "The list of what was erased ({erasures}) is beside it. Take both away from this machine.",
)
_SAME = Text(
    "Nada se anotó desde la última copia: no hace falta otra.", "Nothing was noted since the last one: none is needed."
)
_THINNED = Text("copias viejas borradas: {count}", "old backups deleted: {count}")
_LISTED = Text(
    "Lista escrita: {count} borrados, sin nombres. Guárdela fuera de esta máquina, junto a las copias.",
    "List written: {count} erasures, without names. Keep it outside this machine, beside the backups.",
)
_COPIED = Text("copiando {part}: {done} %", "copying {part}: {done} %")
_SEALED = Text("sellado: {done} MB", "sealed: {done} MB")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the parts and their options."""
    parts = parser.add_subparsers(dest="part", required=True)
    new_key = parts.add_parser("new-key", help=str(_NEW_KEY), description=str(_NEW_KEY))
    new_key.add_argument("folder", metavar="DIR", type=Path, help=str(_HELP["folder"]))
    write = parts.add_parser("write", help=str(_WRITE), description=str(_WRITE))
    write.add_argument("--to", metavar="FOLDER", type=Path, required=True, help=str(_HELP["to"]))
    write.add_argument("--key", metavar="PUBLIC", type=Path, required=True, help=str(_HELP["public"]))
    write.add_argument("--if-changed", action="store_true", help=str(_HELP["changed"]))
    write.add_argument("--thin", action="store_true", help=str(_HELP["thin"]))
    read = parts.add_parser("read", help=str(_READ), description=str(_READ))
    drill = parts.add_parser("drill", help=str(_DRILL), description=str(_DRILL))
    for part in (read, drill):
        part.add_argument("file", metavar="FILE", type=Path, help=str(_HELP["file"]))
        part.add_argument("--key", metavar="PRIVATE", type=Path, required=True, help=str(_HELP["private"]))
    read.add_argument("--into", metavar="DATA", type=Path, required=True, help=str(_HELP["into"]))
    since = read.add_mutually_exclusive_group(required=True)
    since.add_argument("--erasures", metavar="FILE", type=Path, help=str(_HELP["list"]))
    since.add_argument("--without-erasures", action="store_true", help=str(_HELP["without"]))
    erasures = parts.add_parser("erasures", help=str(_ERASURES), description=str(_ERASURES))
    erasures.add_argument("--to", metavar="FILE", type=Path, required=True, help=str(_HELP["erasures_to"]))
    for part in (write, erasures, drill):
        installation.add_data(part)
    for part in (write, read, drill):
        installation.add_json(part)


def run(options: argparse.Namespace) -> int:
    """Do the part that was asked for; exit code 1 where what was restored is not what was written."""
    from amparo.interfaces.cli import backup_drill, backup_restore

    parts = {
        "new-key": _new_key,
        "write": _write,
        "read": backup_restore.run,
        "erasures": _erasures,
        "drill": backup_drill.run,
    }
    return parts[options.part](options)


def _new_key(options: argparse.Namespace) -> int:
    from amparo.vault.backups import keypair

    public, private = keypair.make(options.folder)
    print(_KEY_MADE.fill(public=public, private=private))
    return 0


def _write(options: argparse.Namespace) -> int:
    from amparo.vault.backups import keypair

    key = keypair.public(options.key)
    installation.open_existing(options.data)
    from django.utils import timezone

    from amparo.interfaces.cli.operator import operator
    from amparo.vault.backups import erased, thinning, writing

    if options.if_changed and not writing.has_changed():
        print(json.dumps({"file": None}) if options.json else _SAME)
        return 0
    now = timezone.now()
    done = writing.write(author=operator().author, folder=options.to, key=key, at=now, progress=_progress)
    erasures = erased.write(options.to / erased.FILE_NAME, at=timezone.now())
    told = {"file": str(done.file), "sha256": done.sha256, "rows": done.told.rows(), "erasures": erasures}
    deleted = thinning.thin(author=operator().author, folder=options.to, at=now) if options.thin else 0
    if deleted:
        print(_THINNED.fill(count=deleted), file=sys.stderr)
    if options.json:
        print(json.dumps({**told, "bytes": done.size, "seconds": round(done.seconds, 1)}))
    else:
        print(_WRITTEN.fill(**told, size=done.size / 1_000_000, seconds=done.seconds))
    return 0


def _erasures(options: argparse.Namespace) -> int:
    installation.open_existing(options.data)
    from django.utils import timezone

    from amparo.vault.backups import erased

    print(_LISTED.fill(count=erased.write(options.to, at=timezone.now())))
    return 0


def _progress(part: str, done: int) -> None:
    text = _SEALED.fill(done=done) if part == "sealed" else _COPIED.fill(part=part, done=done)
    print(f"  {text}", end="\r" if sys.stderr.isatty() else "\n", file=sys.stderr, flush=True)

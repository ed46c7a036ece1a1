"""``amparo backup drill``: a backup is restored into a temporary place by a process of its own, and that is noted."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.backup_restore import FAULTS
from amparo.interfaces.cli.language import Text
from amparo.kernel.errors import Invalid

_PASSED = Text(
    "Ensayo bueno en {seconds:.0f} s: {rows} filas, {opened} datos sellados abiertos, la bitácora íntegra hasta el"
    " asiento {entries}. Quedó anotado; el lugar de paso ya no existe. Retire ahora la llave privada de esta máquina.",
    "The drill passed in {seconds:.0f} s: {rows} rows, {opened} sealed values opened, the ledger whole up to entry"
    " {entries}. It is noted, and the temporary place is gone. Take the private key away from this machine now.",
)
_FAILED = Text(
    "El ensayo FALLÓ: {what}. Quedó anotado. Escriba otra copia hoy, ensáyela y avise a quien responde por los datos.",
    "The drill FAILED: {what}. It is noted. Write another backup today, drill it, and tell whoever answers for"
    " the data.",
)
_NOT_OURS = Text("esta instalación no escribió esa copia", "this installation did not write that backup")
_NO_ROOT = Text("la llave raíz no abre nada de ella", "the root key opens nothing of it")
_NOT_READ = Text("no se pudo restaurar", "it could not be restored")
_ROOTS = ("AMPARO_ROOT_KEY", "AMPARO_ROOT_KEY_FILE", "AMPARO_KEY_PROVIDER")
# What would lead the restored copy to the live ledger's key, or would send its checkpoints away.
# Among them the role of places: temporary databases belong to whoever drills, to the last table.
_LEFT_OUT = ("AMPARO_LEDGER_KEY_FILE", "AMPARO_CHECKPOINTS", "AMPARO_PLACES_ROLE")
_DATABASES = {"cases": "AMPARO_DATABASE", "vault": "AMPARO_VAULT_DATABASE"}


def run(options: argparse.Namespace) -> int:
    """Drill and note the outcome in the live ledger; exit code 1 where the backup did not hold."""
    from amparo.vault.backups import keypair

    keypair.private(options.key)
    folder = installation.open_existing(options.data)
    from amparo.vault.backups import databases, drills, verifying

    started = time.monotonic()
    databases.remove_left_behind()
    try:
        with options.file.open("rb") as file:
            digest = verifying.digest(file)
    except OSError as error:
        raise Invalid("backup.no_file") from error
    found, what = ({}, _NOT_OURS) if not drills.was_written_here(digest) else _restored(options, folder)
    seconds = time.monotonic() - started
    _note(digest, found, seconds, passed=not what)
    if options.json:
        print(json.dumps({**found, "passed": not what, "seconds": round(seconds, 1)}))
    elif what:
        print(_FAILED.fill(what=what))
    else:
        print(_PASSED.fill(**{**found, "seconds": seconds}))
    return 1 if what else 0


def _restored(options: argparse.Namespace, folder: Path) -> tuple[dict[str, object], object]:
    """What the restoring process says, and in words what is wrong, if anything is."""
    from amparo.vault.backups import drills
    from amparo.vault.backups.databases import PREFIX

    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=folder) as place, drills.databases() as addresses:
        words = ["backup", "read", options.file, "--key", options.key, "--into", place]
        command = [sys.executable, "-m", "amparo.interfaces.cli", *map(str, words), "--without-erasures", "--json"]
        done = subprocess.run(
            command, env={**_environment(folder), **_named(addresses)}, stdout=subprocess.PIPE, text=True, check=False
        )
    try:
        found: dict[str, object] = json.loads(done.stdout)
    except ValueError:
        return {}, _NOT_READ
    faults = found["faults"]
    if isinstance(faults, list) and faults:
        return found, "; ".join(str(FAULTS[fault]) for fault in faults)
    return found, "" if found["opened"] is not None else _NO_ROOT


def _environment(folder: Path) -> dict[str, str]:
    """That of the live installation with its root key, whose ledger the restored copy does not touch."""
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    if not any(kept.get(name) for name in _ROOTS):
        kept["AMPARO_ROOT_KEY_FILE"] = str(folder / "keys" / "root.key")
    return kept


def _named(addresses: Mapping[str, str]) -> dict[str, str]:
    """The variables that name the temporary databases, where there are any."""
    if not addresses:
        return {}
    named = {_DATABASES[part]: address for part, address in addresses.items()}
    # An account that inherits nothing (the vault's) owns a database it made, yet not what the owner may do in it.
    as_owner = {"PGOPTIONS": "-c role=pg_database_owner"}
    return named | {f"{variable}_FILE": "" for variable in named} | as_owner


def _note(digest: str, found: Mapping[str, object], seconds: float, *, passed: bool) -> None:
    from django.utils import timezone

    from amparo.interfaces.cli.operator import operator
    from amparo.vault.backups import drills

    drills.note(author=operator().author, digest=digest, found=found, seconds=seconds, passed=passed, at=timezone.now())

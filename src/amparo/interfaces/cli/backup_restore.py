"""``amparo backup read``: a backup is verified whole, restored where there is nothing, and checked."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.language import Text
from amparo.interfaces.cli.progress import stage
from amparo.kernel.errors import Invalid

if TYPE_CHECKING:
    from amparo.vault.backups.erased import Erased
    from amparo.vault.backups.manifest import Manifest
    from amparo.vault.backups.reading import Checked

_VERIFYING = Text("comprobando la copia", "verifying the backup")
_RESTORING = Text("restaurando", "restoring")
_CHECKING = Text("comprobando lo restaurado", "checking what was restored")
_ERASING = Text("borrando otra vez lo ya borrado", "erasing again what was erased")
_DONE = Text(
    "Restaurada en {seconds:.0f} s: {rows} filas, bitácora de {entries} asientos, copia del {made_at}. Borrados hechos"
    " otra vez: {erasures}.",
    "Restored in {seconds:.0f} s: {rows} rows, a ledger of {entries} entries, backup of {made_at}. Erasures done again:"
    " {erasures}.",
)
_OPENED = Text("Se abrieron {opened} datos sellados al azar.", "{opened} sealed values opened, chosen at random.")
_NOT_OPENED = Text(
    "La llave raíz no está en el destino: nadie lee nombres hasta que la ponga quien la guarda.",
    "The root key is not in that place: nobody reads names until whoever keeps it puts it there.",
)
_NEXT = Text(
    "Lo escrito después de la copia no está. Antes de atender: amparo setup, en PostgreSQL también amparo grants, y"
    " amparo check; compare la bitácora con las constancias guardadas fuera (amparo ledger verify --checkpoints"
    " ARCHIVO).",
    "What was written after the backup is not there. Before serving: amparo setup, in PostgreSQL amparo grants too, and"
    " amparo check; compare the ledger with the checkpoints kept outside (amparo ledger verify --checkpoints FILE).",
)
_BAD = Text("NO está bien: {what}", "NOT sound: {what}")
FAULTS = {
    "counts.cases": Text("el número de filas de los casos es otro", "the number of rows of the cases is another one"),
    "counts.vault": Text("el número de filas de la bóveda es otro", "the number of rows of the vault is another one"),
    "head": Text("la bitácora no termina donde debe", "the ledger does not end where it should"),
    "ledger": Text("la bitácora no está íntegra", "the ledger is not whole"),
    "sealed": Text("un dato sellado no se abre", "a sealed value does not open"),
}


def run(options: argparse.Namespace) -> int:
    """Verify, restore, check; exit code 1 where what was restored is not what was written."""
    from amparo.vault.backups import keypair

    key, started = keypair.private(options.key), time.monotonic()
    try:
        file = options.file.open("rb")
    except OSError as error:
        raise Invalid("backup.no_file") from error
    with file:
        from amparo.vault.backups import verifying

        verifying.refuse_unless_empty(options.into)
        with stage(_VERIFYING):
            told = verifying.verify(file, key)
            digest = verifying.digest(file)
        installation.start(str(options.into))
        from amparo.vault.backups import erased, reading

        listed = erased.read(options.erasures, told).erasures if options.erasures else ()
        with stage(_RESTORING):
            reading.restore(file, key, told)
    checked = _checked(told)
    with stage(_ERASING):
        erasures = _noted(told, digest, listed, checked)
    _tell(told, checked, erasures, time.monotonic() - started, as_json=options.json)
    return 1 if checked.faults else 0


def _checked(told: Manifest) -> Checked:
    """Look at what was restored; tables of an older version are brought to this one's after they were counted."""
    from django.conf import settings

    from amparo.vault.backups import reading

    with stage(_CHECKING):
        faults = reading.counted(told)
        if installation.pending_migrations():
            installation.set_up(Path(settings.DATA))
        found = reading.check(told)
    return reading.Checked(faults + found.faults, found.opened)


def _noted(told: Manifest, digest: str, listed: tuple[Erased, ...], checked: Checked) -> int:
    """Erase again what the list has, and write the restore into the restored ledger; returns how many were erased."""
    from django.db import transaction
    from django.utils import timezone

    from amparo.casework.actions import erasing
    from amparo.interfaces.cli.operator import operator
    from amparo.ledger import actions as ledger

    actor, now = operator(), timezone.now()
    with transaction.atomic():
        detail = {"sha256": digest, "made_at": told.made_at, "entries": told.entries, "faults": list(checked.faults)}
        ledger.record(
            author=actor.author, act="backup.restore", at=now, purpose="security", basis="role", detail=detail
        )
    return erasing.again(actor=actor, listed=listed, at=now)


def _tell(told: Manifest, checked: Checked, erasures: int, seconds: float, *, as_json: bool) -> None:
    figures = {"rows": told.rows(), "entries": told.entries, "made_at": told.made_at, "erasures": erasures}
    if as_json:
        found = {"faults": checked.faults, "opened": checked.opened, "seconds": round(seconds, 1)}
        print(json.dumps({**figures, **found}))
        return
    print(_DONE.fill(seconds=seconds, **figures))
    print(_NOT_OPENED if checked.opened is None else _OPENED.fill(opened=checked.opened))
    for fault in checked.faults:
        print(_BAD.fill(what=FAULTS[fault]))
    print(_NEXT)

"""``amparo ledger verify``: recomputes the ledger and compares it with its checkpoints."""

from __future__ import annotations

import argparse
import json

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.language import Text

_VERIFY = Text(
    "recalcula la bitácora y la compara con sus constancias",
    "recomputes the ledger and compares it with its checkpoints",
)
_WHOLE = Text(
    "La bitácora está íntegra: {entries} asientos, {checkpoints} constancias.",
    "The ledger is whole: {entries} entries, {checkpoints} checkpoints.",
)
_BROKEN = Text("La bitácora NO está íntegra. Asiento {seq}: {what}", "The ledger is NOT whole. Entry {seq}: {what}")
_FAULTS = {
    "gap": Text("falta, o se puso uno de más.", "it is missing, or one was put in between."),
    "link": Text("no continúa al anterior.", "it does not continue the one before."),
    "content": Text("fue alterado.", "it was altered."),
    "subjects": Text("se alteró a quiénes se refiere.", "the records it is about were altered."),
    "orphan": Text("hay referencias a un asiento que no existe.", "something refers to an entry that does not exist."),
    "checkpoint": Text("una constancia firmada dice otra cosa.", "a signed checkpoint says otherwise."),
    "truncated": Text("una constancia firmada lo nombra y ya no está.", "a signed checkpoint names it and it is gone."),
    "signature": Text("la firma de una constancia no es válida.", "the signature of a checkpoint is not valid."),
    "unguarded": Text(
        "la base ya no rechaza los cambios: faltan sus disparadores.",
        "the database no longer refuses changes: its triggers are gone.",
    ),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add ``verify`` and its options."""
    parts = parser.add_subparsers(dest="part", required=True)
    verify = parts.add_parser("verify", help=str(_VERIFY), description=str(_VERIFY))
    installation.add_data(verify)
    installation.add_json(verify)


def run(options: argparse.Namespace) -> int:
    """Verify; exit code 1 where the ledger is not whole."""
    installation.open_existing(options.data)
    from amparo.ledger import queries

    found = queries.verify()
    if options.json:
        fault = {"entry": found.fault.seq, "kind": found.fault.kind} if found.fault else None
        print(json.dumps({"entries": found.entries, "checkpoints": found.checkpoints, "fault": fault}))
    elif found.fault:
        print(_BROKEN.fill(seq=found.fault.seq, what=_FAULTS[found.fault.kind]))
    else:
        print(_WHOLE.fill(entries=found.entries, checkpoints=found.checkpoints))
    return 1 if found.fault else 0

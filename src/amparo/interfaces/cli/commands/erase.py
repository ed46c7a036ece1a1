"""``amparo erase``: destroys the keys of what records hold of a person, and hands out the certificate."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from amparo.interfaces.cli import certificate_page, installation, plain_files
from amparo.interfaces.cli.language import Text

_CODES = Text("códigos de los registros", "codes of the records")
_BASIS = Text("norma que lo permite o lo exige", "article of law that allows or demands it")
_YES = Text("hacerlo; sin esto solo se dice qué se borraría", "do it; without this, only what would be erased is said")
_OUT = Text("archivo para el certificado firmado (JSON)", "file for the signed certificate (JSON)")
_PAGE = Text("archivo para el certificado imprimible (HTML)", "file for the printable certificate (HTML)")
_WOULD = Text(
    "Se destruirían las llaves de la identidad y los relatos de {count} registros. No hay vuelta atrás. Para hacerlo,"
    " repita la orden con --yes.",
    "The keys of the identity and the narratives of {count} records would be destroyed. This cannot be taken back. To"
    " do it, repeat the command with --yes.",
)
_HELD = Text(
    "Hay orden de conservar {count}, u otro registro de la misma persona: así no se borraría nada."
    " «amparo hold list» dice por qué.",
    "{count} are under a legal hold, or another record of the same person is: as it stands nothing would be erased."
    " “amparo hold list” says why.",
)
_DONE = Text(
    "Borrado: {keys} llaves destruidas. Asiento {entry} de la bitácora.",
    "Erased: {keys} keys destroyed. Entry {entry} of the ledger.",
)
_FILES = Text(
    "Quedan {files} archivos tal como se entregaron, sellados enteros; se destruyen cuando se cumple su plazo.",
    "{files} files as they were handed in remain, sealed whole; they are destroyed when their time is up.",
)
_WAITS = Text(
    "Ordenado, pero no hecho: entretanto se ordenó conservar.",
    "Ordered but not done: a legal hold was placed meanwhile.",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add records, ground and where the certificate goes."""
    parser.add_argument("records", nargs="+", metavar="CODE", help=str(_CODES))
    parser.add_argument("--basis", required=True, help=str(_BASIS))
    parser.add_argument("--yes", action="store_true", help=str(_YES))
    parser.add_argument("--out", metavar="FILE", type=Path, help=str(_OUT))
    parser.add_argument("--page", metavar="FILE", type=Path, help=str(_PAGE))
    installation.add_data(parser)


def run(options: argparse.Namespace) -> int:
    """Erase, or say what would be erased; exit code 1 where it was not done."""
    plain_files.refuse_unwritable((options.out, options.page))
    installation.open_existing(options.data)
    from django.utils import timezone

    from amparo.casework.actions import erasing as casework
    from amparo.interfaces.cli.operator import operator
    from amparo.registries.actions import erasing
    from amparo.registries.queries import protected
    from amparo.vault import certificates

    records, now = erasing.by_codes(options.records), timezone.now()
    if not options.yes:
        print(_WOULD.fill(count=len(records)))
        if kept := protected.among(records):
            print(_HELD.fill(count=len(kept)))
        return 1
    done = casework.erase(actor=operator(erasing.CAPABILITY), records=records, basis=options.basis, at=now)
    if done.done_at is None:
        print(_WAITS)
        return 1
    certificate = certificates.of(done)
    print(_DONE.fill(keys=len(done.keys), entry=done.entry), file=sys.stderr)
    if done.remains.get("files"):
        print(_FILES.fill(files=done.remains["files"]), file=sys.stderr)
    text = json.dumps(certificate, ensure_ascii=False, indent=2) + "\n"
    plain_files.put(text, options.out)
    if options.page:
        plain_files.put(certificate_page.of(certificate), options.page)
    return 0

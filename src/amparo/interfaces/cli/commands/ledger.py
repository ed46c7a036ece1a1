"""``amparo ledger``: recompute it, and hand out what others need to check it without us."""

from __future__ import annotations

import argparse
import json
from base64 import b64decode
from datetime import datetime, timedelta
from importlib import resources
from itertools import chain
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from amparo.interfaces.cli import installation, plain_files
from amparo.interfaces.cli.language import Text
from amparo.kernel.errors import Invalid

_VERIFY = Text(
    "recalcula la bitácora y la compara con sus constancias",
    "recomputes the ledger and compares it with its checkpoints",
)
_PROVE = Text("da la prueba de que un asiento está en la bitácora", "gives the proof that an entry is in the ledger")
_CONTINUES = Text(
    "da la prueba de que la bitácora de hoy continúa la de una constancia guardada",
    "gives the proof that today's ledger continues that of a checkpoint somebody kept",
)
_KEY = Text(
    "muestra la llave pública con que se comprueban las constancias; entréguela a sus testigos",
    "shows the public key that checkpoints are checked with; give it to your witnesses",
)
_CHECKER = Text(
    "entrega el programa que comprueba pruebas sin Amparo", "hands out the program that checks proofs without Amparo"
)
_ARCHIVE = Text(
    "entrega a una institución todo lo que su gente hizo en un mes, para que lo guarde y lo compruebe sin Amparo",
    "hands an institution all that its people did in a month, to be kept and checked without Amparo",
)
_INSTITUTION, _MONTH = (
    Text("código de la institución", "code of the institution"),
    Text("mes, como 2026-11", "month, as 2026-11"),
)
_FHIR = Text(
    "en vez de pruebas, AuditEvent de FHIR a la manera de IHE BALP, para sistemas de salud",
    "instead of proofs, FHIR AuditEvents in the manner of IHE BALP, for systems of health care",
)
_ARCHIVED = Text("{entries} asientos de {institution}, {month}.", "{entries} entries of {institution}, {month}.")
_OUTSIDE = Text("copia de las constancias que guardó un testigo", "copy of the checkpoints that a witness kept")
_PUBLIC = Text("llave pública que guardó el testigo, en base 64", "public key that the witness kept, in base 64")
_NOTE = Text("archivo con la constancia", "file with the checkpoint")
_OUT = Text("archivo de salida (si no, la pantalla)", "file to write (else the screen)")
_WHOLE = Text(
    "La bitácora está íntegra: {entries} asientos, {checkpoints} constancias.",
    "The ledger is whole: {entries} entries, {checkpoints} checkpoints.",
)
_BROKEN = Text("La bitácora NO está íntegra. Asiento {seq}: {what}", "The ledger is NOT whole. Entry {seq}: {what}")
_BROKEN_WITHIN = Text(
    "La bitácora NO está íntegra. Entre los asientos {seq} y {until}: {what}",
    "The ledger is NOT whole. Between entries {seq} and {until}: {what}",
)
_FAULTS = {
    "gap": Text("falta, o se puso uno de más.", "it is missing, or one was put in between."),
    "content": Text("fue alterado.", "it was altered."),
    "stamp": Text("lo escribió alguien que no tiene la llave.", "somebody wrote it who does not hold the key."),
    "subjects": Text("se alteró a quiénes se refiere.", "the records it is about were altered."),
    "tree": Text("el árbol guardado dice otra cosa.", "the stored tree says otherwise."),
    "orphan": Text("hay referencias a un asiento que no existe.", "something refers to an entry that does not exist."),
    "checkpoint": Text("una constancia firmada dice otra cosa.", "a signed checkpoint says otherwise."),
    "truncated": Text(
        "una constancia firmada los cuenta y ya no están.", "a signed checkpoint counts them and they are gone."
    ),
    "signature": Text("una constancia no tiene firma válida.", "a checkpoint has no valid signature."),
    "unguarded": Text(
        "la base ya no rechaza los cambios: faltan sus disparadores.",
        "the database no longer refuses changes: its triggers are gone.",
    ),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the parts and their options."""
    parts = parser.add_subparsers(dest="part", required=True)
    verify = parts.add_parser("verify", help=str(_VERIFY), description=str(_VERIFY))
    verify.add_argument("--checkpoints", metavar="FILE", type=Path, help=str(_OUTSIDE))
    verify.add_argument("--key", metavar="BASE64", help=str(_PUBLIC))
    installation.add_json(verify)
    proof = parts.add_parser("proof", help=str(_PROVE), description=str(_PROVE))
    proof.add_argument("--entry", metavar="N", type=int, required=True)
    since = parts.add_parser("continues", help=str(_CONTINUES), description=str(_CONTINUES))
    since.add_argument("--since", metavar="FILE", type=Path, required=True, help=str(_NOTE))
    archive = parts.add_parser("archive", help=str(_ARCHIVE), description=str(_ARCHIVE))
    archive.add_argument("--institution", metavar="CODE", required=True, help=str(_INSTITUTION))
    archive.add_argument("--month", metavar="YYYY-MM", required=True, help=str(_MONTH))
    archive.add_argument("--fhir", action="store_true", help=str(_FHIR))
    archive.add_argument("--out", metavar="FILE", type=Path, required=True, help=str(_OUT))
    key = parts.add_parser("key", help=str(_KEY), description=str(_KEY))
    checker = parts.add_parser("checker", help=str(_CHECKER), description=str(_CHECKER))
    for part in (verify, proof, since, archive, key):
        installation.add_data(part)
    for part in (proof, since, checker):
        part.add_argument("--out", metavar="FILE", type=Path, help=str(_OUT))


def run(options: argparse.Namespace) -> int:
    """Do the part that was asked for; ``verify`` ends with 1 where the ledger is not whole."""
    if options.part == "checker":
        return _write(
            resources.files("amparo.ledger").joinpath("check_ledger_proof.py").read_text("utf-8"), options.out
        )
    installation.open_existing(options.data)
    from amparo.ledger import proofs, signing

    if options.part == "verify":
        return _verify(options)
    if options.part == "archive":
        return _archive(options)
    if options.part == "key":
        return _write(signing.public_key() + "\n", None)
    found = proofs.of_entry(options.entry) if options.part == "proof" else proofs.since(_note(options.since))
    return _write(json.dumps(found, ensure_ascii=False, indent=2) + "\n", options.out)


def _verify(options: argparse.Namespace) -> int:
    from amparo.ledger import verification

    if options.checkpoints and not options.checkpoints.is_file():
        raise Invalid("ledger.no_file_of_checkpoints")
    found = verification.verify(options.checkpoints, _key(options.key))
    fault = found.fault
    if options.json:
        told = {"entry": fault.seq, "until": fault.until or fault.seq, "kind": fault.kind} if fault else None
        print(json.dumps({"entries": found.entries, "checkpoints": found.checkpoints, "fault": told}))
    elif fault:
        sentence = _BROKEN_WITHIN if fault.until > fault.seq else _BROKEN
        print(sentence.fill(seq=fault.seq, until=fault.until, what=_FAULTS[fault.kind]))
    else:
        print(_WHOLE.fill(entries=found.entries, checkpoints=found.checkpoints))
    return 1 if fault else 0


def _archive(options: argparse.Namespace) -> int:
    """Write a month of an institution, one document to a line; that it was handed out is in the ledger first."""
    from django.db import transaction
    from django.utils import timezone

    from amparo.interfaces.cli.operator import operator
    from amparo.ledger import actions, checkpoints, proofs, queries
    from amparo.pack.current import pack

    if options.institution not in pack().institutions:
        raise Invalid("access.unknown_institution")
    begin, end = _month(options.month)
    plain_files.refuse_unwritable([options.out])
    with transaction.atomic():
        detail = {"institution": options.institution, "month": options.month}
        actions.record(author=operator().author, act="ledger.archive", at=timezone.now(), detail=detail)
    checkpoints.write()
    since, until = queries.first_since(begin), queries.first_since(end)
    found = proofs.archive(options.institution, since, until)
    heading = next(found)
    documents = queries.events(options.institution, since, until) if options.fhir else chain([heading], found)
    with plain_files.whole(options.out) as file:
        for document in documents:
            file.write(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(_ARCHIVED.fill(entries=heading["entries"], **detail))
    return 0


def _month(text: str) -> tuple[datetime, datetime]:
    """The beginning of a month and of the next one, by the clock of the country."""
    from django.utils import timezone

    try:
        first = datetime.strptime(text, "%Y-%m")  # noqa: DTZ007 - it is made the country's below.
    except ValueError as error:
        raise Invalid("ledger.no_month") from error
    following = (first + timedelta(days=31)).replace(day=1)
    return timezone.make_aware(first), timezone.make_aware(following)


def _key(text: str | None) -> Ed25519PublicKey | None:
    """The witness's public key; ``None`` where none is given."""

    if not text:
        return None
    try:
        return Ed25519PublicKey.from_public_bytes(b64decode(text, validate=True))
    except ValueError as error:
        raise Invalid("ledger.bad_key") from error


def _note(path: Path) -> str:
    """The note in a file: as it was sent by e-mail, or the last line of a file of checkpoints."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid("ledger.no_file_of_checkpoints") from error
    try:
        return str(json.loads(text.strip().splitlines()[-1])["note"])
    except (ValueError, KeyError, TypeError, IndexError):
        return text


def _write(text: str, out: Path | None) -> int:
    plain_files.put(text, out)
    return 0

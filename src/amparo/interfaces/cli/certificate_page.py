"""The certificate of an erasure as a page to print, sign and file. It holds no name."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from amparo.interfaces.cli.language import Text, english

_TITLE = Text("Certificado de supresión de datos personales", "Certificate of erasure of personal data")
_SAYS = Text(
    "Las llaves con que estaban sellados los datos de los registros indicados fueron destruidas. Sin ellas nadie puede"
    " volver a leerlos, tampoco desde una copia de la base. De una copia de seguridad que guarde también las llaves se"
    " podrían leer hasta que esa copia venza.",
    "The keys under which the data of these records were sealed have been destroyed. Without them nobody can read the"
    " data again, nor from a copy of the database. From a backup that holds the keys, too, they could be read until"
    " that backup expires.",
)
_ROWS = (
    ("by", Text("Instalación", "Installation")),
    ("legal_basis", Text("Base legal", "Legal basis")),
    ("ordered_at", Text("Ordenado (UTC)", "Ordered (UTC)")),
    ("ordered_by", Text("Ordenado por", "Ordered by")),
    ("destroyed_at", Text("Destruido (UTC)", "Destroyed (UTC)")),
    ("records", Text("Registros (seudónimos)", "Records (pseudonyms)")),
    ("keys_destroyed", Text("Llaves destruidas (huellas)", "Keys destroyed (digests)")),
    ("keys_digest", Text("Huella de todas", "Digest of all")),
    ("signature", Text("Firma Ed25519", "Ed25519 signature")),
    ("public_key", Text("Llave pública", "Public key")),
)
_REMAINS = Text("Lo que queda", "What remains")
_LEFT = {
    "events": Text("hitos codificados, sin nombre", "coded events, without a name"),
    "files": Text(
        "archivos tal como se entregaron, sellados enteros hasta que se cumpla su plazo",
        "files as they were handed in, sealed whole until their time is up",
    ),
}
_ENTRY = Text("Asiento de la bitácora", "Entry of the ledger")
_PAGE = (
    '<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1><p>{says}</p>'
    "<table>{rows}</table></html>\n"
)


def of(certificate: Mapping[str, Any]) -> str:
    """The page as HTML that needs nothing else."""
    told = [(str(label), _written(certificate[name])) for name, label in _ROWS]
    remains = [f"{count} {_LEFT[kind]}" for kind, count in certificate["remains"].items() if count]
    told += [(str(_REMAINS), "; ".join(remains)), (str(_ENTRY), str(certificate["ledger"]["entry"]["seq"]))]
    rows = "".join(f'<tr><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>' for label, value in told)
    return _PAGE.format(lang="en" if english() else "es", title=_TITLE, says=_SAYS, rows=rows)


def _written(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

"""The commands, one per file. A command's module is imported only when that command is called.

A module offers ``configure(parser)``, which adds its arguments, and ``run(options)``, which does the work and returns
the exit code: 0 done, 1 done but something was set aside or refused, 2 wrong use, 3 could not be done.
"""

from __future__ import annotations

from dataclasses import dataclass

from amparo.interfaces.cli.language import Text


@dataclass(frozen=True, slots=True)
class Command:
    """A command's name, the module below this package that holds it, and what it does in one line."""

    name: str
    module: str
    summary: Text


COMMANDS = (
    Command("demo", "demo", Text("arma un mundo inventado y lo atiende", "builds an invented world and serves it")),
    Command("import", "import_", Text("recibe lo que exporta una institución", "takes what an institution exports")),
    Command("link", "link", Text("une filas de archivos CSV", "links rows of CSV files")),
    Command(
        "encode",
        "encode",
        Text("codifica con un secreto lo que no puede entregarse", "encodes with a secret what may not be handed over"),
    ),
    Command("serve", "serve", Text("atiende las páginas", "serves the pages")),
    Command("users", "users", Text("da acceso a las personas", "lets people in")),
    Command(
        "partner-key",
        "partner_key",
        Text("registra la llave con que pregunta una institución", "registers the key with which an institution asks"),
    ),
    Command("setup", "setup", Text("crea o actualiza las bases", "makes or updates the databases")),
    Command(
        "grants",
        "grants",
        Text("da al servicio sus derechos en PostgreSQL", "gives the service its rights in PostgreSQL"),
    ),
    Command(
        "tick", "tick", Text("pone al día los plazos; lo llama un temporizador", "lets terms run out; for a timer")
    ),
    Command("backup", "backup", Text("escribe, ensaya y restaura copias", "writes, tries out and restores backups")),
    Command("check", "check", Text("dice si la instalación está bien", "says whether the installation is fit")),
    Command("check-pack", "check_pack", Text("comprueba un paquete país", "checks a country pack")),
    Command("sbom", "sbom", Text("dice de qué está hecha la instalación", "says what the installation is made of")),
    Command("erase", "erase", Text("borra a una persona de un registro", "erases a person from a record")),
    Command("hold", "hold", Text("impide borrar mientras la ley lo exija", "forbids erasing while the law demands")),
    Command("keys", "keys", Text("muestra y cambia las llaves", "shows and exchanges the keys")),
    Command(
        "retention",
        "retention",
        Text("muestra y aplica los plazos de conservación", "shows and applies how long data are kept"),
    ),
    Command("bait", "bait", Text("escribe registros de nadie (bait add)", "writes records of nobody (bait add)")),
    Command("ledger", "ledger", Text("comprueba la bitácora (ledger verify)", "checks the ledger (ledger verify)")),
)

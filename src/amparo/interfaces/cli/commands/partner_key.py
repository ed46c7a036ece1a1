"""``amparo partner-key``: lets institutions' machines ask by signed messages, by the public half of a key of theirs."""

from __future__ import annotations

import argparse
from pathlib import Path

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.language import Text
from amparo.kernel.errors import Invalid

_ADD = Text("registra la llave pública de una máquina", "registers the public key of a machine")
_REVOKE = Text("retira una llave en el acto", "withdraws a key at once")
_LIST = Text("muestra las llaves que hay o hubo", "lists the keys there are or were")
_NAME = Text("nombre de la máquina, como sale en la bitácora", "name of the machine, as the ledger shows it")
_FILE = Text("llave pública Ed25519 en PEM", "public Ed25519 key in PEM")
_KEY = Text("código de la llave", "id of the key")
_MADE = Text("Registrada. Código de la llave (keyid): {key}", "Registered. Id of the key (keyid): {key}")
_GONE = Text("Retirada: {key}", "Withdrawn: {key}")
_STATE = Text("retirada el {day:%Y-%m-%d}", "withdrawn on {day:%Y-%m-%d}")
_CAPABILITY = "partner_key"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the parts ``add``, ``revoke`` and ``list``."""
    parts = parser.add_subparsers(dest="part", required=True)
    add = parts.add_parser("add", help=str(_ADD), description=str(_ADD))
    add.add_argument("name", help=str(_NAME))
    add.add_argument("file", type=Path, help=str(_FILE))
    for option in ("--role", "--institution"):
        add.add_argument(option, required=True)
    add.add_argument("--office", default="")
    revoke = parts.add_parser("revoke", help=str(_REVOKE), description=str(_REVOKE))
    revoke.add_argument("key", help=str(_KEY))
    for part in (add, revoke, parts.add_parser("list", help=str(_LIST))):
        installation.add_data(part)


def run(options: argparse.Namespace) -> int:
    """Do what was asked."""
    installation.open_existing(options.data)
    {"add": _add, "revoke": _revoke, "list": _list}[options.part](options)
    return 0


def _add(options: argparse.Namespace) -> None:
    from django.utils import timezone

    from amparo.access import partners
    from amparo.access.actions import NewUser
    from amparo.interfaces.cli.operator import operator

    try:
        public = options.file.read_bytes()
    except OSError as error:
        raise Invalid("partner.no_file", file=options.file.name) from error
    machine = NewUser(options.name, options.name, options.role, options.institution, options.office)
    actor = operator(_CAPABILITY, institution=options.institution)
    key = partners.register(actor=actor, machine=machine, public_pem=public, at=timezone.now())
    print(_MADE.fill(key=key))


def _revoke(options: argparse.Namespace) -> None:
    from django.utils import timezone

    from amparo.access import partners
    from amparo.interfaces.cli.operator import operator

    partners.revoke(actor=operator(_CAPABILITY), key_id=options.key, at=timezone.now())
    print(_GONE.fill(key=options.key))


def _list(options: argparse.Namespace) -> None:
    from amparo.access import partners

    for key in partners.every_key():
        state = _STATE.fill(day=key.revoked_at) if key.revoked_at else ""
        print("  ".join(filter(None, (key.id, key.username, key.institution, key.role, state))))

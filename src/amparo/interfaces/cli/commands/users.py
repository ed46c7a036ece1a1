"""``amparo users``: lets people in. Their roles are those of the country pack."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.language import Text, english
from amparo.kernel.errors import Invalid

_ADD = Text("da acceso a una persona", "lets somebody in")
_LIST = Text("muestra quiénes tienen acceso", "lists who has access")
_ROLES = Text("muestra los roles del paquete país", "lists the roles of the country pack")
_NAME = Text("nombre con que entra", "name to sign in with")
_DISPLAY = Text("nombre que se muestra", "name that is shown")
_PASSWORD = Text("Contraseña (en blanco: se inventa una): ", "Password (blank: one is made up): ")
_MADE = Text("{username} ya puede entrar.", "{username} can sign in now.")
_END = Text(
    "termina en el acto el acceso de una persona, también de quien protege los datos",
    "ends somebody's access at once, an officer's for data protection too",
)
_ENDED = Text("{username} ya no puede entrar.", "{username} cannot sign in any more.")
_INVENTED = Text("Su contraseña: {password}", "The password: {password}")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the parts ``add``, ``end``, ``list`` and ``roles``."""
    parts = parser.add_subparsers(dest="part", required=True)
    add = parts.add_parser("add", help=str(_ADD), description=str(_ADD))
    add.add_argument("username", help=str(_NAME))
    add.add_argument("--name", required=True, help=str(_DISPLAY))
    for option in ("--role", "--institution"):
        add.add_argument(option, required=True)
    add.add_argument("--office", default="")
    add.add_argument("--language", choices=("es", "en"), default="es")
    end = parts.add_parser("end", help=str(_END), description=str(_END))
    end.add_argument("username", help=str(_NAME))
    for part in (add, end, parts.add_parser("list", help=str(_LIST)), parts.add_parser("roles", help=str(_ROLES))):
        installation.add_data(part)


def run(options: argparse.Namespace) -> int:
    """Do what was asked."""
    installation.open_existing(options.data)
    {"add": _add, "end": _end, "list": _list, "roles": _roles}[options.part](options)
    return 0


def _add(options: argparse.Namespace) -> None:
    """The password comes from the terminal or from standard input, never from the command line, which others see."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from amparo.access import actions
    from amparo.interfaces.cli.operator import operator

    given = getpass.getpass(str(_PASSWORD)) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    password = given or secrets.token_urlsafe(15)
    try:
        validate_password(password)
    except ValidationError as error:
        raise Invalid("users.weak_password") from error
    user = actions.NewUser(
        options.username, options.name, options.role, options.institution, options.office, options.language
    )
    actions.create_user(actor=operator(), user=user, password=password, at=timezone.now())
    print(_MADE.fill(username=options.username))
    if not given:
        print(_INVENTED.fill(password=password))


def _end(options: argparse.Namespace) -> None:
    from django.utils import timezone

    from amparo.access import endings
    from amparo.access.actions import CHANGE
    from amparo.interfaces.cli.operator import operator

    endings.end_at_once(actor=operator(CHANGE), username=options.username, at=timezone.now())
    print(_ENDED.fill(username=options.username))


def _list(options: argparse.Namespace) -> None:
    from amparo.access import queries

    for user in queries.active_users():
        print(f"{user.username:<24} {user.role:<22} {user.institution} {user.office}".rstrip())


def _roles(options: argparse.Namespace) -> None:
    from amparo.pack.current import pack

    language = "en" if english() else "es"
    for code, role in pack().roles.items():
        print(f"{code:<22} {role.label(language)}")

"""``amparo demo``: an invented world, handed in through the same import that institutions use, linked and served.

The first run builds everything into the data folder; later runs find it there. ``demo.json`` in that folder is
written first, and says at the end that the demonstration is whole: one that was interrupted is built again, and a
folder that holds anything else is never touched.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from amparo.interfaces.cli import installation, serving
from amparo.interfaces.cli.language import Text, english
from amparo.interfaces.cli.progress import stage
from amparo.kernel.errors import Conflict

if TYPE_CHECKING:
    from amparo.access.actors import Actor

PEOPLE, SEED, PORT = 1000, 7, 8000
# Records of nobody, of another seed than the world's people, whom they would repeat.
_BAITS, _OTHERS = 6, 1_000_003
_OF_REAL_USE = {"AMPARO_DATABASE", "AMPARO_VAULT_DATABASE", "AMPARO_ROOT_KEY", "AMPARO_SECRET_KEY", "AMPARO_HOSTS"}

_PEOPLE = Text("cuántas personas inventar (si no, 1000)", "how many people to invent (else 1000)")
_SEED = Text("semilla del azar (si no, 7)", "seed of the chance (else 7)")
_NO_SERVE = Text("prepara todo y termina, sin atender páginas", "prepares everything and ends, without serving pages")
_PORT = Text("puerto (si no, 8000)", "port (else 8000)")
_BUILDING = Text("Armo el mundo inventado en {folder}", "Building the invented world in {folder}")
_WORLD = Text("{people} personas inventadas y sus registros", "{people} invented people and their registers")
_TABLES = Text("bases y llaves", "databases and keys")
_USERS = Text("usuarios de muestra", "demo users")
_IMPORT = Text("entrega {turn} de {source}", "delivery {turn} of {source}")
_LINK = Text("registros comparados, personas y pasos debidos", "records compared, people and what they are owed")
_REFER = Text("derivaciones a la casa de acogida", "referrals to the shelter")
_GUARD = Text("un lugar reservado y registros de nadie", "a sealed place and records of nobody")
_TODAY = Text("pasos debidos, puestos al día", "what is owed, brought up to date")
_READY = Text("Abra http://{host}:{port} en el navegador", "Open http://{host}:{port} in the browser")
_SECONDS = Text("listo en {seconds:.0f} s", "ready in {seconds:.0f} s")
_SIGN_IN = Text("Entre como (contraseña de todos: {password}):", "Sign in as (everybody's password: {password}):")
_STOP = Text("Ctrl+C para terminar; los datos quedan.", "Ctrl+C to end; the data stay.")
_BUILT = Text("Todo listo en {folder}.", "Everything is ready in {folder}.")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a demonstration is made of; kept in its folder, so that it is recognised."""

    people: int
    seed: int
    whole: bool = False
    owed_as_of: str = ""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the size of the world and where to serve it."""
    installation.add_data(parser)
    parser.add_argument("--people", type=int, metavar="N", help=str(_PEOPLE))
    parser.add_argument("--seed", type=int, metavar="S", help=str(_SEED))
    parser.add_argument("--port", type=int, default=PORT, metavar="P", help=str(_PORT))
    parser.add_argument("--no-serve", action="store_true", help=str(_NO_SERVE))


def run(options: argparse.Namespace) -> int:
    """Build what is missing and serve it."""
    folder = _own_settings(options.data)
    if not options.no_serve:
        serving.require_free(serving.LOOPBACK, options.port)
    plan = _plan(folder, options)
    if not plan.whole or plan.owed_as_of != _today():
        _bring_up_to_date(folder, plan) if plan.whole else _build(folder, plan)
        if not options.no_serve:
            _start_afresh(folder, options.port)
    if options.no_serve:
        print(_BUILT.fill(folder=folder))
        return 0
    serving.serve(address=serving.LOOPBACK, port=options.port, workers=1, ready=lambda: _welcome(options.port))
    return 0


def _start_afresh(folder: Path, port: int) -> None:
    """Become a new process that only serves, without the memory that building took."""
    command = [sys.executable, "-m", "amparo.interfaces.cli", "demo", "--data", str(folder), "--port", str(port)]
    sys.stdout.flush()
    os.execv(sys.executable, command)


def _today() -> str:
    from django.utils import timezone

    return timezone.localdate().isoformat()


def _own_settings(data: str | None) -> Path:
    """Settings of a demonstration, whatever the environment says: invented people never reach real databases."""
    for name in list(os.environ):
        if name.startswith("AMPARO_") and name.removesuffix("_FILE") in _OF_REAL_USE:
            del os.environ[name]
    os.environ["DJANGO_SETTINGS_MODULE"] = "amparo.config.settings.demo"
    return installation.start(data)


def _plan(folder: Path, options: argparse.Namespace) -> Plan:
    """The plan of the folder's demonstration, or a new one; raises ``Conflict`` where the folder holds another."""
    note = folder / "demo.json"
    if not note.exists():
        if (folder / "cases.sqlite3").exists():
            raise Conflict("demo.not_a_demo", folder=str(folder))
        return Plan(options.people or PEOPLE, SEED if options.seed is None else options.seed)
    found = Plan(**json.loads(note.read_text(encoding="utf-8")))
    wanted = (options.people or found.people, found.seed if options.seed is None else options.seed)
    if wanted != (found.people, found.seed):
        if found.whole:
            raise Conflict("demo.another_world", folder=str(folder), people=found.people, seed=found.seed)
        return Plan(*wanted)
    return found


def _keep(folder: Path, plan: Plan) -> None:
    fresh = folder / "demo.json.new"
    fresh.write_text(json.dumps(asdict(plan)) + "\n", encoding="utf-8")
    fresh.replace(folder / "demo.json")


def _build(folder: Path, plan: Plan) -> None:
    """Everything from the world to what its people are owed. What an interrupted run left is removed first."""
    from django.utils import timezone

    from amparo.world import build

    print(_BUILDING.fill(folder=folder), file=sys.stderr, flush=True)
    _clear(folder)
    _keep(folder, plan)
    now = timezone.now()
    today = timezone.localdate(now)
    with stage(_WORLD, people=plan.people):
        build.build(folder / "world", people=plan.people, seed=plan.seed, today=today)
    with stage(_TABLES):
        installation.set_up(folder)
    earlier = now - build.BETWEEN_EXTRACTIONS
    with stage(_USERS):
        _make_users(earlier)
    for turn, at in (("1", earlier), ("2", now)):
        _hand_in(folder / "world" / "exports" / turn, turn, at)
    _link(now)
    _refer(now)
    _guard(now, plan.seed)
    _keep(folder, Plan(plan.people, plan.seed, whole=True, owed_as_of=today.isoformat()))


def _clear(folder: Path) -> None:
    """Remove what an unfinished demonstration wrote; the folder is known to be one by its note."""
    if (folder / "demo.json").exists():
        for entry in folder.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    from django.db import connections

    connections.close_all()


def _make_users(at: datetime) -> None:
    from amparo.access import actions
    from amparo.interfaces.cli.operator import operator
    from amparo.world.users import DEMO_USERS, PASSWORD

    for user in DEMO_USERS:
        new = actions.NewUser(user.username, user.display_name, user.role, user.institution, user.office)
        actions.create_user(actor=operator(), user=new, password=PASSWORD, at=at)


def _hand_in(folder: Path, turn: str, at: datetime) -> None:
    """One extraction of every register, each handed in by a user of its institution."""
    from amparo.registries.actions import deliver
    from amparo.world.files import NAMES

    for source, name in NAMES.items():
        with stage(_IMPORT, turn=turn, source=source), (folder / name).open("rb") as content:
            deliver.deliver(actor=_registrar(source), source=source, content=content, at=at)


def _registrar(source: str) -> Actor:
    """A user of the kind of office that a source is of, who may hand in deliveries."""
    from amparo.access import queries
    from amparo.pack.current import pack
    from amparo.registries.rules import handing

    layout = pack().imports[source][0]
    actors = (queries.actor_of(user) for user in queries.active_users())
    return next(actor for actor in actors if actor.can("delivery_write") and handing.is_own(actor, layout))


def _link(at: datetime) -> None:
    from amparo.casework.actions import catching_up
    from amparo.interfaces.cli.operator import operator

    with stage(_LINK):
        catching_up.catch_up(actor=operator(), at=at, processes=installation.processes())


def _refer(at: datetime) -> None:
    """Tell the house of the demo's shelter worker whom it takes in; nobody else may."""
    from amparo.access import queries
    from amparo.world import sheltering
    from amparo.world.users import PROTECTION, SHELTER

    actors = {user.username: queries.actor_of(user) for user in queries.active_users()}
    with stage(_REFER):
        sheltering.refer(actor=actors[PROTECTION], house=actors[SHELTER].office, at=at)


def _guard(at: datetime, seed: int) -> None:
    """Where the demo's house is, sealed by its worker, and a few records that nobody has a reason to open."""
    from django.utils import timezone

    from amparo.access import queries
    from amparo.casework.actions import baiting
    from amparo.interfaces.cli.operator import operator
    from amparo.pack.current import pack
    from amparo.world import baits, sheltering
    from amparo.world.users import DEMO_USERS, SHELTER

    worker = next(queries.actor_of(user) for user in queries.active_users() if user.username == SHELTER)
    departments = {user.department for user in DEMO_USERS} - {""}
    with stage(_GUARD):
        sheltering.seal(actor=worker, at=at)
        invented = baits.near(_BAITS, departments, seed=seed + _OTHERS, today=timezone.localdate(at), pack=pack())
        baiting.plant(actor=operator(), invented=invented, at=at)


def _bring_up_to_date(folder: Path, plan: Plan) -> None:
    """Terms run out though nobody was here."""
    from django.utils import timezone

    from amparo.casework.actions import rebuild

    installation.set_up(folder)
    now = timezone.now()
    with stage(_TODAY):
        rebuild.as_of(at=now, processes=installation.processes())
    _keep(folder, Plan(plan.people, plan.seed, whole=True, owed_as_of=timezone.localdate(now).isoformat()))


def _welcome(port: int) -> None:
    """The address and who can sign in, once the pages can be opened."""
    from amparo.pack.current import pack
    from amparo.world.users import DEMO_USERS, PASSWORD

    started = os.environ.get("AMPARO_STARTED")
    took = f"  ({_SECONDS.fill(seconds=time.time() - float(started))})" if started else ""
    print(f"\n{_READY.fill(host=serving.LOOPBACK, port=port)}{took}\n\n{_SIGN_IN.fill(password=PASSWORD)}")
    language = "en" if english() else "es"
    for user in DEMO_USERS:
        role, office = pack().roles[user.role].label(language), pack().offices.get(user.office)
        print(f"  {user.username:<14} {role:<32} {office.name if office else ''}".rstrip())
    print(f"\n{_STOP}", flush=True)

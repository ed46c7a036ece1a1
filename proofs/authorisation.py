"""Access: nobody is shown what is not hers to see, nobody learns that there is anything, and all of it is written down.

Every page is asked for by every kind of user about every woman of a small invented world, whose words occur nowhere
else. What may be shown to whom is told in this folder once more, apart from the program.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import uuid4

from proofs import installation
from proofs._guarded_world import OFFICER, OFFICES, USERS, Woman, build
from proofs.promise import Outcome, Promise

_PURPOSE = {"purpose": "PROTECCION"}
_EMERGENCY = {"reason": "RIESGO_VIDA", "words": "Hay que saber ahora mismo adonde la llevaron"}
_EVENT = {"happened_on": "2026-09-05"}

Path = Callable[[Woman], str]
# By name: method, address and what is sent.
ROUTES: dict[str, tuple[str, Path, dict[str, str]]] = {
    "thread": ("get", lambda w: f"/personas/{w.person}/", {}),
    "identity": ("post", lambda w: f"/personas/{w.person}/", _PURPOSE),
    "print": ("get", lambda w: f"/personas/{w.person}/resumen/", {}),
    "grounds": ("get", lambda w: f"/personas/{w.person}/registros/", {}),
    "event-new": ("get", lambda w: f"/personas/{w.person}/hitos/nuevo/", {}),
    "event-write": ("post", lambda w: f"/personas/{w.person}/hitos/nuevo/?tipo=atencion_servicio", _EVENT),
    "event-correct": ("get", lambda w: f"/hitos/{w.event}/corregir/", {}),
    "record": ("get", lambda w: f"/registros/{w.records[w.holders[0]]}/", {}),
    "record-sealed": ("post", lambda w: f"/registros/{w.records[w.holders[0]]}/", _PURPOSE),
    "other-record": ("post", lambda w: f"/registros/{w.records[w.holders[-1]]}/", _PURPOSE),
    "pair": ("get", lambda w: f"/pares/{w.pair}/", {}),
    "pair-answer": ("post", lambda w: f"/pares/{w.pair}/", {"answer": "same", "reason": "records"}),
    "dispute": ("get", lambda w: f"/pares/{w.pair}/desacuerdo/", {}),
    "undo": ("post", lambda w: f"/decisiones/{w.judgement}/deshacer/", {}),
    "delivery": ("get", lambda w: f"/entregas/{w.delivery}/", {}),
    "rows": ("get", lambda w: f"/entregas/{w.delivery}/apartadas/", {}),
    "confirm": ("post", lambda w: f"/entregas/{w.delivery}/confirmar/", {}),
    "discard": ("post", lambda w: f"/entregas/{w.delivery}/descartar/", {}),
    "readings": ("get", lambda w: f"/bitacora/personas/{w.person}/", {}),
    "kept-away": ("get", lambda w: f"/bitacora/personas/{w.person}/apartados/", {}),
    "lift": ("post", lambda w: f"/apartados/{w.exclusion}/levantar/", {}),
    "alert-seen": ("post", lambda w: f"/alertas/{w.alert}/vista/", {}),
    "keeping-records": ("get", lambda w: f"/conservar/registros/{w.person}/", {}),
    "erasure-ask": ("post", lambda w: f"/conservar/registros/{w.person}/borrar/", {}),
    "assign": ("post", lambda w: f"/encargos/{w.person}/", {"to": ""}),
    "emergency-form": ("get", lambda w: f"/emergencia/{w.person}/", {}),
}
LISTS = (
    "/", "/lista/", "/lista/?de=todos", "/avisos/", "/pares/", "/pares/decididos/", "/pares/desacuerdos/", "/entregas/",
    "/bitacora/", "/cadena/", "/series/", "/alertas/", "/emergencias/", "/cuenta/",
    "/conservar/", "/encargos/", "/accesos/por-dar/",
)  # fmt: skip
_SEES_NAMES = frozenset({"calp-equipo", "mp-fiscal", "mp-udavit", "mimp-cem", "mimp-upe", "car-equipo"})
_OPENS_RECORDS = _SEES_NAMES | {"pnp-registrador"}
_READS_WORDS = frozenset({"calp-equipo", "mp-udavit", "mimp-cem", "mimp-upe"})
_JUDGES = frozenset({"revisor", "revisor-responsable"})
_TAKES_ROWS = frozenset({"calp-equipo", "pnp-registrador", "mp-fiscal", "mp-udavit", "mimp-cem", "mimp-upe"})
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@dataclass(frozen=True)
class Probe:
    """Somebody asks for a page about one woman; a list's address, or a search, is about all of them."""

    user: str
    route: str
    woman: Woman


@dataclass(frozen=True)
class Answer:
    """What came of it: all that left the house, and what was written down before it did."""

    status: int
    text: str
    written: Sequence[Any]


class World:
    """The women, their users' browsers, and the asking, of which nothing remains."""

    def __init__(self) -> None:
        from django.test import Client

        from amparo.access.models import User

        self.women = build()
        self.clients = {name: Client(raise_request_exception=False, SERVER_NAME="localhost") for name in USERS}
        for name, client in self.clients.items():
            client.force_login(User.objects.get(username=name))
            # Who judges pairs has said what for, once for all of them; nobody else's session is asked for it.
            session = client.session
            session["judging"] = {"purpose": "PENDIENTES", "until": 2**33}
            session.save()

    def following(self, woman: Woman) -> Woman:
        """The other woman of her pair."""
        return self.women[woman.number % len(self.women)]

    def ask(self, user: str, method: str, address: str, told: dict[str, str]) -> Answer:
        """Ask for a page and undo whatever it did."""
        return self.undone(user, lambda client: [getattr(client, method)(address, told)])

    def undone(self, user: str, requests: Callable[[Any], Sequence[Any]]) -> Answer:
        """What a user's requests one after the other are answered, all of it undone. The worst status is told."""
        from django.db import transaction

        from amparo.ledger.models import Entry

        client = self.clients[user]
        cookies = dict(client.cookies)
        with transaction.atomic(), transaction.atomic(using="vault"):
            before = Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
            responses = requests(client)
            text = "\n".join(f"{_text(response)}\n{response.headers}" for response in responses)
            written = list(Entry.objects.filter(seq__gt=before).prefetch_related("subjects"))
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="vault")
        # Whoever was signed out is signed in again, as the tables say; nothing is left for the next page to tell.
        client.cookies.clear()
        client.cookies.update(cookies)
        return Answer(max(response.status_code for response in responses), text, written)

    def put(self, probe: Probe) -> Answer:
        """Ask as a probe says."""
        if probe.route in ROUTES:
            method, path, told = ROUTES[probe.route]
            return self.ask(probe.user, method, path(probe.woman), told)
        if probe.route == "search":
            typed = {"text": " ".join(probe.woman.names[:3]), "purpose": "ATENCION"}
            return self.ask(probe.user, "post", "/buscar/", typed)
        return self.ask(probe.user, "get", probe.route, {})


def _text(response: Any) -> str:
    """Everything that can be read of a page or of a workbook."""
    if response.content[:2] != b"PK":
        return str(response.content.decode(errors="replace"))
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        return "\n".join(book.read(name).decode(errors="replace") for name in book.namelist())


def may_be_shown(probe: Probe, world: World) -> set[str]:
    """The words that this page may show to this user."""
    role, woman = USERS[probe.user][0], probe.woman
    shown: set[str] = set()
    if probe.route == "search":
        shown |= set(woman.names[:3])
    if probe.route in ("pair", "dispute", "pair-answer") and role in _JUDGES:
        both = (woman, world.following(woman))
        if not any(each.state in ("reserved", "kept_away") for each in both):
            shown |= {word for each in both for word in (*each.names, each.document)}
    if probe.route in ("delivery", "rows") and role in _TAKES_ROWS and _is_own_delivery(probe):
        of_it = [each for each in world.women if each.delivery == woman.delivery]
        shown |= {each.word("fil") for each in of_it if each.state not in ("reserved", "kept_away")}
    if not woman.is_known_to(probe.user):
        return shown
    if woman.state != "reserved" and (
        (probe.route == "identity" and role in _SEES_NAMES)
        or (probe.route in ("record-sealed", "other-record") and role in _OPENS_RECORDS)
    ):
        shown |= {*woman.names, woman.document}
    if _wrote(probe, woman) and role in _READS_WORDS:
        shown.add(woman.word("rel"))
    return shown


def _is_own_delivery(probe: Probe) -> bool:
    return OFFICES[USERS[probe.user][1]].source == OFFICES[probe.woman.holders[0]].source


def _wrote(probe: Probe, woman: Woman) -> bool:
    """Whether the user's own kind of office wrote the words of the page."""
    if probe.route not in ("thread", "identity", "print", "event-correct", "record-sealed", "other-record"):
        return False
    mine = OFFICES[USERS[probe.user][1]]
    writers = woman.holders if probe.route == "other-record" else woman.holders[:1]
    return any((mine.institution, mine.unit) == (OFFICES[each].institution, OFFICES[each].unit) for each in writers)


def _expected(probe: Probe) -> int | None:
    """The status that the thread of somebody must have; ``None`` for other pages."""
    if probe.route not in ("thread", "print"):
        return None
    if USERS[probe.user][0] not in _SEES_NAMES:
        return 403
    return 200 if probe.woman.is_known_to(probe.user) else 404


def _leaks(probe: Probe, answer: Answer, world: World) -> Iterator[str]:
    what = f"{USERS[probe.user][0]} at {probe.route} of a {probe.woman.state} one"
    allowed = may_be_shown(probe, world)
    for woman in world.women:
        words = {*woman.names, woman.document, woman.word("rel"), woman.word("fil")} - allowed
        if any(word in answer.text for word in words):
            yield f"{what}: words of a {woman.state} one were shown"
        if woman.state == "kept_away" and probe.user != OFFICER and woman.code in answer.text:
            yield f"{what}: the code of one who is shut to the user was shown"
    if answer.status >= 500:
        yield f"{what}: a fault of the server"
    if _expected(probe) not in (None, answer.status):
        yield f"{what}: {answer.status} instead of {_expected(probe)}"


def _unwritten(probe: Probe, answer: Answer, world: World) -> Iterator[str]:
    """What was shown, or refused, without an entry that says so."""
    what = f"{USERS[probe.user][0]} at {probe.route} of a {probe.woman.state} one"
    acts = {entry.act for entry in answer.written if entry.actor == probe.user}
    if answer.status in (403, 404) and "access.denied" not in acts:
        yield f"{what}: refused without an entry"
    if probe.route in ("delivery", "rows"):
        if "Zqfil" in answer.text and not acts & {"rows.read", "delivery.give_back"}:
            yield f"{what}: rows were shown without an entry"
        return
    read = {row.subject for entry in answer.written if entry.purpose and entry.basis for row in entry.subjects.all()}
    for woman in world.women:
        typed = set(woman.names) if probe.route == "search" else set()
        words = {*woman.names, woman.document, woman.word("rel"), woman.code} - typed
        listed = probe.user != OFFICER and any(word in answer.text for word in words)
        if listed and read.isdisjoint(woman.records.values()):
            yield f"{what}: somebody was shown without an entry of purpose and relation"


def _probes(world: World, trials: int, seed: int) -> Iterator[Probe]:
    """Every user at every page about every woman, in a random order, begun again where more are wanted."""
    women = world.women
    every = [Probe(user, route, woman) for user in USERS for route in (*ROUTES, "search") for woman in women]
    every += [Probe(user, route, women[0]) for user in USERS for route in LISTS]
    random.Random(seed).shuffle(every)
    for number in range(trials):
        yield every[number % len(every)]


def leaks(trials: int, seed: int) -> Outcome:
    """Ask for every page as every user about everybody, and look for words that are not for that user."""
    return _put_to_the_test(_leaks, trials, seed)


def recorded(trials: int, seed: int) -> Outcome:
    """The same, and look for what was shown or refused without being written down first."""
    return _put_to_the_test(_unwritten, trials, seed)


def _put_to_the_test(faults: Callable[[Probe, Answer, World], Iterator[str]], trials: int, seed: int) -> Outcome:
    world = the_world()
    failures: list[str] = []
    for probe in _probes(world, trials, seed):
        failures += list(faults(probe, world.put(probe), world))[:1]
    return Outcome.of(failures, trials)


@cache
def the_world() -> World:
    """One world for all promises of a process: what a page does to it is undone after each."""
    installation.empty()
    return World()


def swapped(trials: int, seed: int) -> Outcome:
    """Put the id of somebody else's, or of something of another kind, into an address, and compare with a random id."""
    world, chance = the_world(), random.Random(seed)
    failures: list[str] = []
    for _ in range(trials):
        user, route, address, known = _swap(world, chance)
        method, _, told = ROUTES.get(route, ("post", None, _EMERGENCY))
        missing = str(uuid4())
        one, other = (world.ask(user, method, address.format(each), told) for each in (known, missing))
        if (one.status, _plain(one, known)) != (other.status, _plain(other, missing)):
            failures.append(f"{USERS[user][0]} at {route}: {one.status} and {other.status}")
    return Outcome.of(failures, trials)


def _swap(world: World, chance: random.Random) -> tuple[str, str, str, str]:
    """A user, a route, its address with a hole, and an id that is not that user's to open there."""
    while True:
        user, woman = chance.choice(list(USERS)), chance.choice(world.women)
        route = chance.choice([*ROUTES, "emergency"])
        if route == "emergency":
            if woman.state != "kept_away" or user == OFFICER:
                continue
            return user, route, "/emergencia/{}/", str(woman.person)
        if chance.random() < 0.4:
            return user, route, _hole(route, woman), str(_other_kind(route, woman, chance))
        if not _is_hers(world, user, route, woman):
            return user, route, _hole(route, woman), str(_id_in(route, woman))


def _is_hers(world: World, user: str, route: str, woman: Woman) -> bool:
    """Whether the user may open this at all; where in doubt yes, so that it is left out."""
    role = USERS[user][0]
    if route in ("pair", "pair-answer", "dispute", "undo"):
        return role in _JUDGES and "kept_away" not in (woman.state, world.following(woman).state)
    if route in ("delivery", "rows", "confirm", "discard"):
        return _is_own_delivery(Probe(user, route, woman)) or role in ("analista", "mp-udavit")
    if route in ("readings", "kept-away", "lift"):
        return role == "odp" and (user == OFFICER or woman.state != "kept_away")
    if route in ("keeping-records", "erasure-ask"):
        return role == "odp"
    if route == "emergency-form":
        return False
    if route == "event-correct":
        return woman.is_known_to(user) and USERS[user][1] == woman.holders[0]
    return route != "alert-seen" and woman.is_known_to(user)


_IN_AN_ADDRESS = {
    "event-correct": "event", "pair": "pair", "pair-answer": "pair", "dispute": "pair", "undo": "judgement",
    "delivery": "delivery", "rows": "delivery", "confirm": "delivery", "discard": "delivery", "lift": "exclusion",
    "alert-seen": "alert",
}  # fmt: skip


def _id_in(route: str, woman: Woman) -> Any:
    if route in ("record", "record-sealed"):
        return woman.records[woman.holders[0]]
    return woman.records[woman.holders[-1]] if route == "other-record" else _named(route, woman)


def _named(route: str, woman: Woman) -> Any:
    return getattr(woman, _IN_AN_ADDRESS.get(route, "person"))


def _hole(route: str, woman: Woman) -> str:
    return ROUTES[route][1](woman).replace(str(_id_in(route, woman)), "{}")


def _other_kind(route: str, woman: Woman, chance: random.Random) -> Any:
    """The id of something of hers that is not what the address asks for."""
    kinds = {"event", "pair", "judgement", "delivery", "exclusion", "alert"} - {_IN_AN_ADDRESS.get(route, "")}
    return getattr(woman, chance.choice(sorted(kinds)))


def _plain(answer: Answer, known: str) -> str:
    """An answer without what differs from one to the next: the token of forms and the id itself."""
    return _TOKEN.sub("", answer.text).replace(known, "")


PROMISES = (
    Promise(
        "authorisation.leaks",
        "No page shows a role what its relation to the person does not allow: every route, role, relation and state.",
        13_000,
        leaks,
    ),
    Promise(
        "authorisation.swapped",
        "The id of what is somebody else's is answered like an id that does not exist.",
        20_000,
        swapped,
    ),
    Promise(
        "authorisation.recorded",
        "Whoever is shown is in the ledger with purpose and relation first, and so is each refusal.",
        10_000,
        recorded,
    ),
)

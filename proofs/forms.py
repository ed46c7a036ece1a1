"""Requests that nobody's browser makes: whatever is sent, no fault of the server, no trace, nobody's name.

The other door over HTTP is the API, which ``proofs.api`` tries.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID, uuid4

from proofs import _uploads
from proofs._guarded_world import NOBODY, OFFICES, USERS, Woman
from proofs.authorisation import LISTS, ROUTES, Answer, Probe, World, may_be_shown, the_world
from proofs.promise import Outcome, Promise

ODD = (
    "", " ", "\0", "\n", "'", '"', "<script>alert(1)</script>", "{{ 7*7 }}", "%s%n", "../../etc/passwd", "-1", "0",
    "99999999999999999999999", "1e309", "NaN", "null", "[]", "{}", "on", "True", "2026-02-31", "0000-00-00",
    "9999-12-31", "31/02/2026", "25:61", "\ufeff=1+1", "\u202e\u200b", "Ñ" * 300, "x" * 5_000, "OR 1=1 --", "*", "%",
)  # fmt: skip
_ASKED = ("pagina", "de", "tipo", "v", "cambios", "q", "next", "orden", "lang", "desde", "hasta")
_METHODS = ("get", "post", "get", "post", "head", "put", "delete", "options", "patch")
TRACES = ("Traceback (most recent call last)", "django.core.exceptions", "site-packages", "OperationalError")


# By the name of the field that takes a file: where its form is.
_TAKE_FILES = {"file": "/entregas/nueva/"}
_HAND_IN = tuple(sorted(name for name, (_, office) in USERS.items() if OFFICES[office].source))


@dataclass(frozen=True)
class Request:
    """One mutated request and whose page it asks for."""

    probe: Probe
    method: str
    address: str
    told: dict[str, str]


@dataclass(frozen=True)
class Upload:
    """A form with a file in it, where it is sent, and whether what comes of it is agreed to."""

    probe: Probe
    address: str
    body: _uploads.Body
    elsewhere: bool
    agreed: bool

    @property
    def user(self) -> str:
        """Who sends it."""
        return self.probe.user


def mutated(trials: int, seed: int) -> Outcome:
    """Ask every address as every kind of user with what no form would send."""
    world = the_world()
    failures: list[str] = []
    for number in range(trials):
        chance = random.Random(f"{seed}|forms|{number}")
        request = _request(world.women, chance)
        answer = world.ask(request.probe.user, request.method, request.address, request.told)
        wrong = _wrong(answer, world, _allowed(request.probe, world))
        failures += [f"{_named(request)}, {number}: {each}" for each in wrong]
    return Outcome.of(failures, trials)


def uploads(trials: int, seed: int) -> Outcome:
    """Send files to the forms that take one, look at what came of it and say yes to it; and to other addresses."""
    world = the_world()
    failures = [f"nobody sends a file to the field {name}" for name in _file_fields() - _TAKE_FILES.keys()]
    for number in range(trials):
        chance = random.Random(f"{seed}|uploads|{number}")
        upload = _upload(world.women, chance)
        answer = world.undone(upload.user, partial(_sent, upload))
        wrong = _wrong(answer, world, _allowed(upload.probe, world) if upload.elsewhere else set())
        failures += [f"{USERS[upload.user][0]}, {upload.address}, {number}: {each}" for each in wrong]
    return Outcome.of(failures, trials)


def _upload(women: Sequence[Woman], chance: random.Random) -> Upload:
    """A file from somebody who mostly may hand one in, mostly of her own register, mostly where one is asked for."""
    field, address = chance.choice(sorted(_TAKE_FILES.items()))
    user = chance.choice(_HAND_IN if chance.random() < 0.9 else sorted(USERS))
    own = OFFICES[USERS[user][1]].source
    source = own if chance.random() < 0.8 else chance.choice((*ODD, *(office.source for office in OFFICES.values())))
    keys = [record.hex for woman in women for record in woman.records.values()]
    sent = _uploads.body({"source": source}, field, keys, chance)
    route, elsewhere = _any_address(women, chance) if chance.random() < 0.15 else ("delivery-new", "")
    probe = Probe(user, route, chance.choice(women))
    return Upload(probe, elsewhere or address, sent, bool(elsewhere), agreed=chance.random() < 0.5)


def _sent(upload: Upload, client: Any) -> list[Any]:
    """The answers to sending it, to opening what the first one leads to, and to saying yes to that."""
    answers = [client.generic("POST", upload.address, upload.body.content, content_type=upload.body.type)]
    seen = answers[0].headers.get("Location", "")
    if seen.startswith("/entregas/"):
        answers.append(client.get(seen))
        if upload.agreed:
            answers.append(client.post(f"{seen}confirmar/", follow=True))
    return answers


def _request(women: Sequence[Woman], chance: random.Random) -> Request:
    """A known page about a woman, a list, or any address there is, with odd things sent along."""
    woman, user = chance.choice(women), chance.choice(sorted(USERS))
    kind = chance.random()
    if kind < 0.4:
        route = chance.choice(sorted(ROUTES))
        method, path, told = ROUTES[route]
        address = path(woman)
    elif kind < 0.5:
        route, method, told = chance.choice(LISTS), "get", {}
        address = route
    else:
        route, address = _any_address(women, chance)
        method, told = "post", {}
    if chance.random() < 0.4:
        method = chance.choice(_METHODS)
    told = {**told, **{chance.choice(_fields()): chance.choice(ODD) for _ in range(chance.randint(0, 8))}}
    if method != "get" and chance.random() < 0.5:
        asked = urlencode({chance.choice(_ASKED): chance.choice(ODD) for _ in range(2)})
        address += f"{'&' if '?' in address else '?'}{asked}"
    return Request(Probe(user, route, woman), method, address, told)


def _any_address(women: Sequence[Woman], chance: random.Random) -> tuple[str, str]:
    """One of all addresses that there are, with ids of anything in it, and how it is told.

    The ids need not be those of the woman who is asked about, so it is not told by a name that ``ROUTES`` may have too.
    """
    name, (template, converters) = chance.choice(sorted(_addresses().items()))
    values = {each: quote(_value(converters[each], women, chance)) for each in converters}
    return f"any {name}", f"/{template % values}"


def _value(converter: Any, women: Sequence[Woman], chance: random.Random) -> str:
    from django.urls.converters import IntConverter, UUIDConverter

    if isinstance(converter, UUIDConverter):
        return str(chance.choice(_ids(chance.choice(women))))
    if isinstance(converter, IntConverter):
        return chance.choice(("0", "1", "999999999999999999999"))
    return chance.choice([odd for odd in ODD if odd.strip()])


def _ids(woman: Woman) -> list[UUID]:
    """Ids of hers, of whatever kind, of nobody and of nothing."""
    own = [woman.person, woman.event, woman.pair, woman.judgement, woman.delivery, woman.exclusion, woman.alert]
    return [*own, *woman.records.values(), NOBODY, uuid4()]


@cache
def _addresses() -> dict[str, tuple[str, dict[str, Any]]]:
    """The template and converters of each named address."""
    from django.urls import get_resolver

    found = get_resolver().reverse_dict
    return {
        name: (found.getlist(name)[0][0][0][0], dict(found.getlist(name)[0][3])) for name in found if type(name) is str
    }


@cache
def _fields() -> list[str]:
    """The names of all fields that forms have."""
    return sorted({name for name, _ in _every_field()})


def _file_fields() -> set[str]:
    """The names of those that take a file."""
    from django.forms import FileField

    return {name for name, field in _every_field() if isinstance(field, FileField)}


def _every_field() -> Iterator[tuple[str, Any]]:
    from amparo.interfaces.web import forms

    modules = [import_module(f"{forms.__name__}.{each.name}") for each in iter_modules(forms.__path__)]
    kinds = [kind for module in modules for kind in vars(module).values() if hasattr(kind, "base_fields")]
    for kind in kinds:
        yield from kind.base_fields.items()


def _named(request: Request) -> str:
    return f"{USERS[request.probe.user][0]}, {request.method} {request.probe.route}"


def _wrong(answer: Answer, world: World, allowed: Collection[str]) -> Iterator[str]:
    if answer.status >= 500:
        yield f"a fault of the server ({answer.status})"
    if any(trace in answer.text for trace in TRACES):
        yield "a trace was shown"
    for woman in world.women:
        words = {*woman.names, woman.document, woman.word("rel"), woman.word("fil")}.difference(allowed)
        if any(word in answer.text for word in words):
            yield f"words of a {woman.state} one were shown"


def _allowed(probe: Probe, world: World) -> set[str]:
    """The words that may be shown. Of an address that is told by its name alone: those of whom the user's office knows,
    which is more than any page shows.
    """
    if probe.route in ROUTES or probe.route in LISTS:
        return may_be_shown(probe, world)
    known = [each for each in world.women if each.is_known_to(probe.user)]
    mine = {word for each in known for word in (*each.names, each.document, each.word("rel"), each.word("fil"))}
    about_all = (may_be_shown(Probe(probe.user, route, each), world) for route in ROUTES for each in world.women)
    return mine.union(*about_all)


PROMISES = (
    Promise(
        "forms.mutated",
        "No request to any page or form, mutated, as any role, ends in a fault, a trace or a hidden name.",
        10_000,
        mutated,
    ),
    Promise(
        "forms.uploads",
        "No file sent to any form, whatever it is and however sent, ends in a fault, a trace or a hidden name.",
        1_000,
        uploads,
    ),
)

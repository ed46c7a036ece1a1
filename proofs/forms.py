"""Requests that nobody's browser makes: whatever is sent, no fault of the server, no trace, nobody's name.

The other door over HTTP is the API, which ``proofs.api`` tries.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID, uuid4

from proofs import installation
from proofs._guarded_world import NOBODY, USERS, Woman
from proofs.authorisation import LISTS, ROUTES, Answer, Probe, World, may_be_shown
from proofs.promise import Outcome, Promise

ODD = (
    "", " ", "\0", "\n", "'", '"', "<script>alert(1)</script>", "{{ 7*7 }}", "%s%n", "../../etc/passwd", "-1", "0",
    "99999999999999999999999", "1e309", "NaN", "null", "[]", "{}", "on", "True", "2026-02-31", "0000-00-00",
    "9999-12-31", "31/02/2026", "25:61", "\ufeff=1+1", "\u202e\u200b", "Ñ" * 300, "x" * 5_000, "OR 1=1 --", "*", "%",
)  # fmt: skip
_ASKED = ("pagina", "de", "tipo", "v", "cambios", "q", "next", "orden", "lang", "desde", "hasta")
_METHODS = ("get", "post", "get", "post", "head", "put", "delete", "options", "patch")
TRACES = ("Traceback (most recent call last)", "django.core.exceptions", "site-packages", "OperationalError")


@dataclass(frozen=True)
class Request:
    """One mutated request and whose page it asks for."""

    probe: Probe
    method: str
    address: str
    told: dict[str, str]


def mutated(trials: int, seed: int) -> Outcome:
    """Ask every address as every kind of user with what no form would send."""
    installation.empty()
    world = World()
    cookies = {name: dict(client.cookies) for name, client in world.clients.items()}
    failures: list[str] = []
    for number in range(trials):
        chance = random.Random(f"{seed}|forms|{number}")
        request = _request(world.women, chance)
        answer = world.ask(request.probe.user, request.method, request.address, request.told)
        failures += [f"{_named(request)}, {number}: {wrong}" for wrong in _wrong(request, answer, world)]
        # Whoever was signed out by what was sent is signed in again, as the tables say.
        world.clients[request.probe.user].cookies.clear()
        world.clients[request.probe.user].cookies.update(cookies[request.probe.user])
    return Outcome.of(failures, trials)


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
    """One of all addresses that there are, with ids of anything in it, and its name."""
    name, (template, converters) = chance.choice(sorted(_addresses().items()))
    values = {each: quote(_value(converters[each], women, chance)) for each in converters}
    return name, f"/{template % values}"


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
    from amparo.interfaces.web import forms

    modules = [import_module(f"{forms.__name__}.{each.name}") for each in iter_modules(forms.__path__)]
    kinds = [kind for module in modules for kind in vars(module).values() if hasattr(kind, "base_fields")]
    return sorted({name for kind in kinds for name in kind.base_fields})


def _named(request: Request) -> str:
    return f"{USERS[request.probe.user][0]}, {request.method} {request.probe.route}"


def _wrong(request: Request, answer: Answer, world: World) -> Iterator[str]:
    if answer.status >= 500:
        yield f"a fault of the server ({answer.status})"
    if any(trace in answer.text for trace in TRACES):
        yield "a trace was shown"
    for woman in world.women:
        words = {*woman.names, woman.document, woman.word("rel"), woman.word("fil")} - _allowed(request.probe, world)
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
)

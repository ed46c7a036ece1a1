"""Somebody is forced to sign in and uses the password for it: she is let in, sees nobody, and the officer is told."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from proofs._guarded_world import NOW, USERS, Woman
from proofs.authorisation import LISTS, ROUTES, Probe, World, the_world
from proofs.promise import Outcome, Promise

_FORCED = "una clave para ese momento"


def empty(trials: int, seed: int) -> Outcome:
    """Sign in so, as any user, ask for every page about somebody, and look for any word of anybody."""
    world, chance, failures = the_world(), random.Random(seed), list[str]()
    from amparo.access import threats

    for user in USERS:
        threats.set_password(username=user, password=_FORCED, at=NOW)
    for _ in range(trials):
        failures += _of_one(world, chance.choice(sorted(USERS)), chance.choice(world.women))
    return Outcome.of(failures, trials)


def _of_one(world: World, user: str, woman: Woman) -> Iterator[str]:
    from django.test import Client

    before, client = _told(user), Client(raise_request_exception=False, SERVER_NAME="localhost")
    if client.post("/entrar/", {"username": user, "password": _FORCED}).status_code != 302:
        yield f"{user} was not let in"
    if _told(user) != before + 1:
        yield f"nobody was told of {user}"
    usual, world.clients[user] = world.clients[user], client
    for route in (*ROUTES, *LISTS, "search"):
        answer = world.put(Probe(user, route, woman))
        typed = set(woman.names) if route == "search" else set()
        if any(word in answer.text for each in world.women for word in _words(each) - typed):
            yield f"{user} was shown somebody at {route}"
        if answer.status >= 500 and answer.status != 503:
            yield f"{user} met a fault at {route}"
    world.clients[user] = usual


def _words(woman: Woman) -> set[str]:
    return {*woman.names, woman.document, woman.word("rel"), woman.code}


def _told(user: str) -> Any:
    from amparo.access.models import Alert

    return Alert.objects.filter(kind="under_threat", username=user).count()


PROMISES = (
    Promise(
        "threats.empty",
        "Whoever signs in under threat sees nobody on any page, and the officer is told, each time.",
        50,
        empty,
    ),
)

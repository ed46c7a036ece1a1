"""Alarms: whoever opens a record of nobody or reads a sealed place is told of, every time, and no bypass reads one."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from proofs import installation
from proofs.promise import Outcome, Promise

if TYPE_CHECKING:
    from amparo.access.actors import Actor

_NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
_BAITS = 40
_WORDS, _WHY = "Calle Los Sauces 77", "Hay que llevarla hoy al hospital con una patrulla."


def baits(trials: int, seed: int) -> Outcome:
    """Open records of nobody in each of the ways in which a record can be opened; count the alarms of each."""
    installation.empty()
    from amparo.access.actors import MACHINE
    from amparo.casework.actions import baiting
    from amparo.pack.current import pack
    from amparo.vault import queries as vault
    from amparo.world import baits as invented

    made = list(invented.invented(_BAITS, seed=seed, today=_NOW.date(), pack=pack()))
    baiting.plant(actor=MACHINE, invented=made, at=_NOW)
    chance, records, ways = random.Random(seed), sorted(vault.baits()), _ways()
    return Outcome.of(_silent(trials, chance, records, ways), trials)


def _silent(
    trials: int, chance: random.Random, records: list[UUID], ways: dict[str, Callable[[Actor, UUID], object]]
) -> Iterator[str]:
    """Openings that nobody was told of, by their way."""
    for _ in range(trials):
        record, way = chance.choice(records), chance.choice(sorted(ways))
        before = _alerts("bait")
        ways[way](_holder(record), record)
        if _alerts("bait") <= before:
            yield f"nobody was told of {way}"


def _ways() -> dict[str, Callable[[Actor, UUID], object]]:
    from amparo.casework.queries import consents, identity, opened_record, own_events, threads

    def reveal(actor: Actor, record: UUID) -> object:
        opened = opened_record.read(actor=actor, record_id=record, at=_NOW)
        return opened_record.reveal(actor=actor, opened=opened, purpose="ATENCION", at=_NOW)

    return {
        "a thread": lambda actor, record: threads.read(actor=actor, person_id=record, at=_NOW),
        "an identity": lambda actor, record: identity.reveal(
            actor=actor, person_id=record, purpose="ATENCION", at=_NOW
        ),
        "a record": lambda actor, record: opened_record.read(actor=actor, record_id=record, at=_NOW),
        "what is sealed of a record": reveal,
        "a form": lambda actor, record: own_events.begin(actor=actor, person_id=record, at=_NOW),
        "consents": lambda actor, record: consents.read(actor=actor, person_id=record, at=_NOW),
    }


def _holder(record: UUID) -> Actor:
    """Somebody of the office that holds a record, in a role that opens everything of it."""
    from amparo.pack.current import pack
    from amparo.registries.queries import records

    facts = records.facts([record])[record]
    actor = _actor("mimp-upe", facts.institution, facts.unit, facts.office)
    compartments = frozenset(str(each) for each in pack().roles["mimp-upe"].compartments)
    return replace(actor, departments=(facts.department,), compartments=compartments, scope="own_records")


def places(trials: int, _seed: int) -> Outcome:
    """Read sealed places after somebody else's yes; each reading tells its owner and the officer."""
    owner, asker, approver = _three()
    code = _sealed(owner)
    failures: list[str] = []
    for number in range(trials):
        # Three readings a day are the most; each trial has a day of its own, and a user.
        reader = replace(asker, name=f"reader-{number % 50}")
        at = _NOW + timedelta(days=number // 50)
        before = _alerts("place_read")
        if _read(reader, approver, code, at) != _WORDS:
            failures.append("what was granted could not be read")
        if _alerts("place_read") != before + 2:
            failures.append("a reading that owner and officer were not told of")
    return Outcome.of(failures, trials)


def emergencies(trials: int, seed: int) -> Outcome:
    """Break the glass, each time somebody else; count what the officer and the person's office were told."""
    _, asker, _ = _three()
    from amparo.access.actors import MACHINE
    from amparo.casework.actions import baiting, emergency
    from amparo.pack.current import pack
    from amparo.vault import queries as vault
    from amparo.world import baits as invented

    # Records of nobody do as well as any other: somebody of another office has no relation to them.
    made = list(invented.invented(1, seed=seed, today=_NOW.date(), pack=pack()))
    baiting.plant(actor=MACHINE, invented=made, at=_NOW)
    person = min(vault.baits())
    failures: list[str] = []
    for number in range(trials):
        reader = replace(asker, name=f"reader-{number}", unit="udavit", office="nowhere")
        before = _alerts("break_glass")
        emergency.break_glass(actor=reader, person_id=person, reason="MEDICA", words=_WHY, parts=["case"], at=_NOW)
        if _alerts("break_glass") != before + 2:
            failures.append("an emergency that officer and office were not told of")
    return Outcome.of(failures, trials)


def bypasses(trials: int, seed: int) -> Outcome:
    """Try to read a sealed place without a valid yes: oneself, one's office, late, twice, for another, refused."""
    owner, asker, approver = _three()
    code, chance = _sealed(owner), random.Random(seed)
    attempts = _attempts(asker, approver, code)
    told = []
    for number in range(trials):
        name = chance.choice(sorted(attempts))
        # Nobody's daily readings stand in the way of the next attempt.
        if attempts[name](at=_NOW + timedelta(days=number)):
            told.append(f"a place was read by {name}")
    return Outcome.of(told, trials)


def _attempts(asker: Actor, approver: Actor, code: str) -> dict[str, Callable[..., bool]]:
    """Ways of getting round the second person; each says whether the words came out."""
    colleague = replace(asker, name="colleague")
    capable = replace(asker, capabilities=asker.capabilities | approver.capabilities)
    attempt = partial(_attempt, asker, code)
    return {
        "nobody's yes": partial(attempt, asker, None),
        "her own yes": partial(attempt, asker, capable),
        "her own yes from another office": partial(attempt, asker, replace(capable, office="another")),
        "a colleague's yes": partial(attempt, asker, replace(capable, name="colleague")),
        "a yes that is over": partial(attempt, asker, approver, timedelta(minutes=15)),
        "a no": partial(attempt, asker, approver, yes=False),
        "a colleague whom it was lent to": partial(attempt, colleague, approver),
        "the one who said yes": partial(attempt, replace(approver, capabilities=capable.capabilities), approver),
        "a second reading": partial(_twice, asker, approver, code),
    }


def _attempt(
    asker: Actor,
    code: str,
    reader: Actor,
    decider: Actor | None,
    after: timedelta = timedelta(),
    at: datetime = _NOW,
    *,
    yes: bool = True,
) -> bool:
    from amparo.casework.actions import places as action
    from amparo.kernel.errors import NotFound

    request = action.ask(actor=asker, code=code, words=_WHY, at=at)
    if decider is not None:
        with suppress(NotFound):
            action.decide(actor=decider, request_id=request, approves=yes, at=at)
    return _opens(reader, request, at + after)


def _twice(asker: Actor, approver: Actor, code: str, at: datetime) -> bool:
    from amparo.casework.actions import places as action

    request = action.ask(actor=asker, code=code, words=_WHY, at=at)
    action.decide(actor=approver, request_id=request, approves=True, at=at)
    action.read(actor=asker, request_id=request, at=at)
    return _opens(asker, request, at)


def _opens(reader: Actor, request: UUID, at: datetime) -> bool:
    from amparo.casework.actions import places as action
    from amparo.kernel.errors import AmparoError

    try:
        return action.read(actor=reader, request_id=request, at=at).words == _WORDS
    except AmparoError:
        return False


def _read(reader: Actor, approver: Actor, code: str, at: datetime) -> str:
    from amparo.casework.actions import places as action

    request = action.ask(actor=reader, code=code, words=_WHY, at=at)
    action.decide(actor=approver, request_id=request, approves=True, at=at)
    return action.read(actor=reader, request_id=request, at=at).words


def _three() -> tuple[Actor, Actor, Actor]:
    """The owner of a place, somebody who asks, and somebody of another office who may say yes."""
    installation.empty()
    owner = _actor("mimp-upe", "mimp", "upe", "mimp-upe-madre-de-dios")
    asker = _actor("mimp-cem", "mimp", "cem", "mimp-cem-iquitos")
    approver = _actor("mp-fiscal", "mp", "fiscalia", "mp-fistrap-madre-de-dios")
    return owner, asker, approver


def _sealed(owner: Actor) -> str:
    from amparo.casework.actions import places as action

    return action.write(actor=owner, words=_WORDS, person=None, at=_NOW)


def _actor(role: str, institution: str, unit: str, office: str) -> Actor:
    from amparo.access.actors import Actor
    from amparo.pack.current import pack

    found = pack().roles[role]
    return Actor(
        role, institution, office, role, unit, capabilities=frozenset(found.capabilities),
        compartments=frozenset(found.compartments),
    )  # fmt: skip


def _alerts(kind: str) -> int:
    from amparo.access.models import Alert

    return Alert.objects.filter(kind=kind).count()


PROMISES = (
    Promise("alarms.baits", "Whoever opens a record of nobody is told of, in whatever way it is opened.", 100, baits),
    Promise("alarms.places", "Every reading of a sealed place is told to its owner and to the officer.", 500, places),
    Promise(
        "alarms.emergencies",
        "Whoever opens a person in an emergency is told of, to the officer and to her office.",
        100,
        emergencies,
    ),
    Promise("alarms.bypasses", "A sealed place is not read without somebody else's valid yes.", 200, bypasses),
)

"""Messages to the API, made out of its own document or mutated: no fault, no trace, nobody named, nothing unwritten.

Each is signed by a machine of some role, as an institution would, or no longer so where the signature is what was
mutated. What is told of the women of the invented world is held against who may be told of them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from proofs import installation
from proofs._guarded_world import NOW, OFFICER, OFFICES, USERS, Woman
from proofs._signing import Machine
from proofs.authorisation import World
from proofs.forms import ODD, TRACES
from proofs.promise import Outcome, Promise

ADDRESS = "/api/v1/conocida"
_ASKS = frozenset({"calp-equipo", "pnp-registrador", "mp-fiscal", "mp-udavit", "mimp-cem", "mimp-upe"})
_HIDDEN = frozenset({"reserved", "kept_away"})
_METHODS = ("get", "put", "delete", "patch", "head", "options")
_HEADERS = ("Signature", "Signature-Input", "Content-Digest", "Accept-Language", "Content-Length", "Host")
_BODIES = (
    b"", b"{", b"[]", b"null", b"1e999", b"NaN", b'"\xff\xfe"', b"\x00", b"[" * 2_000, b'{"a":' * 500,
    b'{"nombres": 1}', b'{"finalidad": "ATENCION", "finalidad": null}', "\ufeff{}".encode(), b"nombres=x", b"9" * 6_000,
)  # fmt: skip


@dataclass(frozen=True)
class Message:
    """One message: whose machine sends it, and how."""

    user: str
    body: bytes
    method: str = "post"
    address: str = ADDRESS
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


class Partners:
    """The invented world, with a machine of each role, and the asking, of which nothing remains."""

    def __init__(self) -> None:
        from django.test import Client

        installation.empty()
        world = World()
        self._client = Client(raise_request_exception=False, SERVER_NAME="localhost")
        self.women = world.women
        self.machines = {user: _registered(user) for user in USERS}
        _keep_away(self.women)

    def signed(self, message: Message) -> Message:
        """The message with the headers of a signature that holds, under those that it has already."""
        signature = self.machines[message.user].sign(ADDRESS, message.body, host="localhost")
        return replace(message, headers={**signature, **message.headers})

    def send(self, message: Message) -> tuple[Any, dict[str, set[Any]]]:
        """What is answered, and of whom which acts were written down; both databases are afterwards as they were."""
        from django.db import transaction

        from amparo.ledger.models import Entry

        with transaction.atomic(), transaction.atomic(using="vault"):
            before = Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
            answer = self._client.generic(
                message.method.upper(), message.address, message.body, content_type=message.kind,
                headers=message.headers,
            )  # fmt: skip
            written = Entry.objects.filter(seq__gt=before).prefetch_related("subjects")
            acts = {entry.act: {each.subject for each in entry.subjects.all()} for entry in written}
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="vault")
        return answer, acts


@cache
def _partners() -> Partners:
    """One world for both promises."""
    return Partners()


def _registered(user: str) -> Machine:
    from amparo.access import partners
    from amparo.access.actions import NewUser
    from amparo.access.actors import Actor

    role, office = USERS[user]
    name, of = f"api-{user}", OFFICES[office]
    officer = Actor(name="proof", role="terminal", capabilities=frozenset({"partner_key"}))
    machine = Machine()
    new = NewUser(name, name, role, of.institution, of.code)
    machine.key_id = partners.register(actor=officer, machine=new, public_pem=machine.public_pem, at=NOW)
    return machine


def _keep_away(women: list[Woman]) -> None:
    """The machines are kept away from whom the people are kept away from."""
    from amparo.access import exclusions
    from amparo.access.exclusions import Whom
    from amparo.access.models import User
    from amparo.access.queries import actor_of

    officer = actor_of(User.objects.get(username=OFFICER))
    for woman in (each for each in women if each.state == "kept_away"):
        for user in USERS:
            exclusions.make(
                actor=officer, records=list(woman.records.values()), whom=Whom(username=f"api-{user}"),
                reason="AMENAZA", at=NOW,
            )  # fmt: skip


def schema_driven(trials: int, seed: int) -> Outcome:
    """Messages that the OpenAPI document allows, and such as break it in one way; every other one about a woman."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded
    from hypothesis import strategies as st

    partners, failures, sent = _partners(), list[str](), list[Message]()

    @seeded(seed)
    @settings(
        max_examples=trials, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(_cases(), st.sampled_from(sorted(USERS)), st.sampled_from(partners.women))
    def one(case: Any, user: str, woman: Woman) -> None:
        about = woman if len(sent) % 2 and isinstance(case.body, dict) else None
        body = {**case.body, **_about(about)} if about else case.body
        sent.append(partners.signed(Message(user, _written(body))))
        failures.extend(_wrong(sent[-1], *partners.send(sent[-1]), partners))

    one()
    return Outcome.of(failures, len(sent))


def _cases() -> Any:
    """What may be asked, as the document says it, with the pack's list where the document says that it is one."""
    import schemathesis
    from django.test import Client
    from hypothesis import strategies as st

    from amparo.pack.current import pack

    told = Client(SERVER_NAME="localhost").get("/api/v1/openapi.json").json()
    parts = told["components"]["schemas"]["Asked"]["properties"]
    parts["finalidad"] = {"enum": sorted(pack().codes["finalidad_acceso"])}
    asked = schemathesis.openapi.from_dict(told)[ADDRESS]["POST"]
    return st.one_of(*(asked.as_strategy(generation_mode=mode) for mode in schemathesis.GenerationMode))


def _written(body: Any) -> bytes:
    """A content as bytes, whatever it is; nothing where there is none."""
    if isinstance(body, bytes):
        return body
    return json.dumps(body).encode() if isinstance(body, dict | list | str | int | float | None) else b""


def _about(woman: Woman) -> dict[str, str]:
    """Everything that says who a woman is."""
    given, first, second, alias = woman.names
    return {
        "finalidad": "ATENCION", "nombres": given, "apellidos": f"{first} {second}", "alias": alias, "sexo": "F",
        "nacimiento": f"2009-05-{1 + woman.number % 28:02}", "tipo_doc": "DNI", "num_doc": woman.document,
        "referencia": "", "ubigeo_origen": "", "fecha_hecho": "2026-09-01", "ubigeo_hecho": "",
    }  # fmt: skip


def mutated(trials: int, seed: int) -> Outcome:
    """Messages in which something was changed: a part, the whole content, the signature, the way it is sent."""
    partners, failures = _partners(), list[str]()
    for number in range(trials):
        chance = random.Random(f"{seed}|api|{number}")
        message = _mutated(partners, chance)
        failures += [f"{wrong}, {number}" for wrong in _wrong(message, *partners.send(message), partners)]
    return Outcome.of(failures, trials)


def _mutated(partners: Partners, chance: random.Random) -> Message:
    woman = chance.choice(partners.women)
    body = json.dumps(_about(woman)).encode()
    message = Message(chance.choice(sorted(USERS)), body)
    return chance.choice(_MUTATIONS)(partners, message, chance)


def _parts(partners: Partners, message: Message, chance: random.Random) -> Message:
    """Odd values where others belong, parts that there are not, and none of what is needed."""
    told: dict[str, Any] = json.loads(message.body)
    for _ in range(chance.randint(1, 5)):
        name = chance.choice([*told, "otra", "persona", "__proto__"])
        told[name] = chance.choice([*ODD, None, True, -1, 1e308, [], {}, ["x"], {"x": [1]}])
    return partners.signed(replace(message, body=json.dumps(told).encode()))


def _content(partners: Partners, message: Message, chance: random.Random) -> Message:
    """Something that is no question at all, well signed."""
    kind = chance.choice(["application/json", "text/plain", "multipart/form-data; boundary=x", "", "\u00f1"])
    return partners.signed(replace(message, body=chance.choice(_BODIES), kind=kind))


def _bytes(partners: Partners, message: Message, chance: random.Random) -> Message:
    """A byte of the content changed before it is signed."""
    content = bytearray(message.body)
    content[chance.randrange(len(content))] = chance.randrange(256)
    return partners.signed(replace(message, body=bytes(content)))


def _unsealed(partners: Partners, message: Message, chance: random.Random) -> Message:
    """The content changed after it was signed."""
    return replace(partners.signed(message), body=message.body + chance.choice([b" ", b"\n", b"}"]))


def _signature(partners: Partners, message: Message, chance: random.Random) -> Message:
    """A header of the signature missing, odd, or cut short."""
    signed = partners.signed(message)
    name = chance.choice(sorted(_HEADERS))
    was = signed.headers.get(name, "")
    odd = [each for each in ODD if "\n" not in each and "\0" not in each and each.isascii()]
    value = chance.choice(["", was[: len(was) // 2], was.replace("=", ";"), f"{was}, {was}", was.upper(), *odd])
    return replace(signed, headers={**signed.headers, name: value})


def _way(partners: Partners, message: Message, chance: random.Random) -> Message:
    """Another method, or another address."""
    asked = chance.choice(["", "?v=1", "/", "/../conocida", "?nombres=x"])
    return replace(partners.signed(message), method=chance.choice((*_METHODS, "post")), address=ADDRESS + asked)


_MUTATIONS: tuple[Callable[[Partners, Message, random.Random], Message], ...] = (
    _parts, _parts, _content, _bytes, _unsealed, _signature, _way,
)  # fmt: skip


def _wrong(message: Message, answer: Any, acts: dict[str, set[Any]], partners: Partners) -> Iterator[str]:
    who = USERS[message.user][0]
    text = f"{answer.content.decode(errors='replace')}\n{answer.headers}"
    if answer.status_code >= 500:
        yield f"{who}: a fault of the server ({answer.status_code})"
    if any(trace in text for trace in TRACES):
        yield f"{who}: a trace was shown"
    for woman in partners.women:
        if any(word in text for word in (*woman.names, woman.document, woman.word("rel"), woman.code)):
            yield f"{who}: words of a {woman.state} one were shown"
        if woman.state in _HIDDEN and not acts.get("intake.ask", set()).isdisjoint(woman.records.values()):
            yield f"{who}: a {woman.state} one was said to be known"
    yield from _unwritten(message, answer, acts)


def _unwritten(message: Message, answer: Any, acts: Collection[str]) -> Iterator[str]:
    """What was answered to whom may not ask, or refused or answered without an entry."""
    who = USERS[message.user][0]
    if answer.status_code in (401, 403) and "access.denied" not in acts:
        yield f"{who}: refused without an entry"
    if answer.status_code != 200 or message.method != "post":
        return
    if who not in _ASKS:
        yield f"{who}: a role that may not ask was answered"
    if "intake.ask" not in acts:
        yield f"{who}: answered without an entry"


PROMISES = (
    Promise(
        "api.schema",
        "No message to the API out of its own document, as any role, ends in a fault, a trace, a name, or unwritten.",
        10_000,
        schema_driven,
    ),
    Promise(
        "api.mutated",
        "No mutated message to the API, whether its signature still holds or not, as any role, ends so.",
        10_000,
        mutated,
    ),
)

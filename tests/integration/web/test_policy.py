"""Every page of the house against every role: who gets it, who is refused, and what an address never says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from amparo.access.policy import PUBLIC, SIGNED_IN, is_signed, policy_of
from amparo.pack.current import pack
from amparo.registries.models import Pair, RecordVersion
from tests import worlds
from tests.integration.web.conftest import SignIn, project, same_page
from tests.worlds import CEM_IQUITOS, FLOR, NOW, POLICE, PROSECUTOR, RESCUE, UPE, Office

OFFICES = {
    "calp-equipo": Office("calp", "chs", "calp", "chs-calp-iquitos", "16"),
    "pnp-registrador": POLICE,
    "mp-fiscal": PROSECUTOR,
    "mp-udavit": Office("mp", "mp", "udavit", "mp-udavit-madre-de-dios", "17"),
    "mimp-cem": CEM_IQUITOS,
    "mimp-upe": UPE,
    "car-equipo": Office("", "inabif", "car", "car-m1", "17"),
    "coordinador-regional": Office("", "gore", "comision", "gore-comision-madre-de-dios", "17"),
    "analista": Office("", "mininter", "estadistica", "mininter-estadistica", ""),
    "odp": Office("", "mimp", "datos_personales", "mimp-odp", ""),
}
# Pages that need no id in their address.
PLAIN = (
    "home", "account", "my-list", "search", "known", "pairs", "pairs-decided", "disputes", "labels", "notices",
    "ledger", "chain", "about",
)  # fmt: skip
NAMES = ("Ahuanari", "AHUANARI", "Flor", "Lucero", "71234567")


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address that Amparo answers with its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, before + str(entry.pattern))
        else:
            yield before + str(entry.pattern), entry


@pytest.fixture
def girl() -> UUID:
    """Flor, known to the police and UPE, with a pair to judge."""
    police, upe = worlds.record(FLOR, POLICE, RESCUE), worlds.record(FLOR, UPE, RESCUE)
    project(police)
    for record in (police, upe):
        RecordVersion.objects.create(record_id=record, number=1, sealed=["identity"], digest="0" * 32, written_at=NOW)
    low, high = sorted((police, upe))
    Pair.objects.create(
        id=uuid4(), left_id=low, right_id=high, score=1.0, probability=0.5, verdict="ask", model="test", scored_at=NOW
    )
    return project(upe)


def policy_named(name: str) -> str:
    return str(policy_of(next(entry.callback for _, entry in addresses() if entry.name == name)))


@pytest.mark.parametrize("role", sorted(pack().roles))
def test_each_role_gets_its_pages_and_no_others(sign_in: SignIn, girl: UUID, role: str) -> None:
    client = sign_in(role, OFFICES.get(role))
    may = pack().roles[role].capabilities

    for name in PLAIN:
        needed = policy_named(name)
        expected = 200 if needed in (PUBLIC, SIGNED_IN) or needed in may else 403
        assert (name, client.get(reverse(name)).status_code) == (name, expected)


@pytest.mark.parametrize(
    ("role", "thread", "record", "event", "pair", "readings"),
    [
        # 404 where her office may not know the person, 403 where its role has no such page.
        ("mimp-upe", 200, 200, 200, 403, 403),
        ("pnp-registrador", 403, 404, 404, 403, 403),
        ("mimp-cem", 404, 404, 404, 403, 403),
        ("mp-fiscal", 404, 404, 404, 403, 403),
        ("car-equipo", 404, 404, 404, 403, 403),
        ("revisor", 403, 403, 403, 200, 403),
        ("revisor-responsable", 403, 403, 403, 200, 403),
        ("odp", 403, 403, 403, 403, 200),
        ("coordinador-regional", 403, 403, 403, 403, 403),
        ("analista", 403, 403, 403, 403, 403),
    ],
)
def test_one_person_s_pages(
    sign_in: SignIn, girl: UUID, role: str, thread: int, record: int, event: int, pair: int, readings: int
) -> None:
    client = sign_in(role, OFFICES.get(role))

    told = [
        client.get(address).status_code
        for address in (
            f"/personas/{girl}/",
            f"/registros/{girl}/",
            f"/personas/{girl}/hitos/nuevo/",
            f"/pares/{Pair.objects.get().id}/",
            f"/bitacora/personas/{girl}/",
        )
    ]

    assert told == [thread, record, event, pair, readings]


@pytest.mark.parametrize(
    "address",
    [
        "/personas/{}/",
        "/personas/{}/resumen/",
        "/personas/{}/registros/",
        "/personas/{}/hitos/nuevo/",
        "/registros/{}/",
    ],
)
def test_not_yours_and_not_there_look_the_same(sign_in: SignIn, girl: UUID, address: str) -> None:
    client = sign_in("mimp-cem", CEM_IQUITOS)

    refused, missing = client.get(address.format(girl)), client.get(address.format(uuid4()))

    assert (refused.status_code, missing.status_code) == (404, 404)
    assert same_page(refused, missing)


def test_nobody_who_is_not_signed_in_sees_anything_but_the_open_pages(client: Client, girl: UUID) -> None:
    plain = [entry for _, entry in addresses() if entry.name and not entry.pattern.converters]
    # What is asked by signed messages has no page to get; its own tests see to what it answers without a signature.
    signed = [entry for entry in plain if is_signed(entry.callback)]
    assert {client.get(reverse(entry.name)).status_code for entry in signed} == {405}
    opened, plain = [], [entry for entry in plain if entry not in signed]
    for entry in plain:
        answer = client.get(reverse(entry.name))
        if not (answer.status_code == 302 and answer.headers["Location"].startswith("/entrar/")):
            opened.append(entry.name)

    public = {entry.name for entry in plain if policy_of(entry.callback) == PUBLIC}
    # The later steps of signing in are open to whoever took the first, and lead back to it otherwise.
    assert set(opened) == public - {"mfa_authenticate", "mfa_login_webauthn"}


def test_every_address_declares_a_policy() -> None:
    assert [address for address, entry in addresses() if policy_of(entry.callback) is None] == []


def test_ids_in_addresses_are_random_and_nothing_else_is_asked_of_them() -> None:
    """What stands for somebody or something in an address is an id; only a public series goes by its code.

    A user's own passkeys are numbered, and nobody else's are found under their numbers.
    """
    kinds = {
        (entry.name, type(kind).__name__)
        for _, entry in addresses()
        for kind in entry.pattern.converters.values()
        if type(kind).__name__ != "UUIDConverter"
    }

    assert {name for name, _ in kinds} <= {"series", "mfa_edit_webauthn", "mfa_remove_webauthn"}


def test_no_page_has_a_name_in_its_address_or_title(sign_in: SignIn, girl: UUID) -> None:
    clients = {role: sign_in(role, OFFICES.get(role)) for role in ("mimp-upe", "revisor", "odp")}
    pages = [
        clients["mimp-upe"].get(f"/personas/{girl}/"),
        clients["mimp-upe"].post(f"/personas/{girl}/", {"purpose": "PROTECCION"}),
        clients["mimp-upe"].get(f"/personas/{girl}/resumen/"),
        clients["mimp-upe"].get(f"/registros/{girl}/"),
        clients["mimp-upe"].get(f"/personas/{girl}/hitos/nuevo/"),
        clients["mimp-upe"].post("/buscar/", {"text": "flor ahuanari", "purpose": "ATENCION"}),
        clients["mimp-upe"].get("/lista/"),
        clients["revisor"].get(f"/pares/{Pair.objects.get().id}/"),
        clients["odp"].get(f"/bitacora/personas/{girl}/"),
    ]

    for page in pages:
        assert page.status_code == 200, page.request["PATH_INFO"]
        title = re.search(r"<title>(.*?)</title>", page.content.decode(), re.DOTALL)
        links = re.findall(r'(?:href|action|src)="([^"]*)"', page.content.decode())
        told = [title.group(1) if title else "", *links, str(page.headers)]
        assert [name for name in NAMES for text in told if name in text] == []


def test_only_pages_that_were_asked_for_an_identity_show_one(sign_in: SignIn, girl: UUID) -> None:
    client = sign_in("mimp-upe", UPE)
    unasked = [f"/personas/{girl}/", f"/personas/{girl}/resumen/", f"/registros/{girl}/", "/lista/"]

    pages = [client.get(address).content.decode() for address in unasked]

    assert [name for page in pages for name in NAMES if name in page] == []


def test_health_says_that_it_answers_and_nothing_else(client: Client) -> None:
    answer = client.get("/salud")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_whoever_leaves_in_a_hurry_is_signed_out(sign_in: SignIn) -> None:
    client = sign_in("mimp-upe", UPE)

    page = client.get("/salir/", follow=True)

    assert page.redirect_chain[-1][0] == "/nota/"
    assert "Amparo" not in page.content.decode()
    assert client.get("/lista/").status_code == 302

"""No other site makes somebody's browser do anything: a form without its own proof is refused, whatever its address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from amparo.access.policy import is_signed
from amparo.ledger.models import Entry
from tests import worlds

TOKEN = "x" * 32
OTHER_SITE = "https://example.org"
# How a form comes that is not ours: each takes a browser that is signed in and sends to an address over TLS.
Variant = Callable[[Client, str], int]


def bare(client: Client, address: str) -> int:
    return client.post(address, secure=True).status_code


def from_elsewhere(client: Client, address: str) -> int:
    told = {"csrfmiddlewaretoken": own_token(client)}
    return client.post(address, told, secure=True, headers={"Origin": OTHER_SITE}).status_code


def referred_from_elsewhere(client: Client, address: str) -> int:
    told = {"csrfmiddlewaretoken": own_token(client)}
    return client.post(address, told, secure=True, headers={"Referer": f"{OTHER_SITE}/"}).status_code


def made_up(client: Client, address: str) -> int:
    told = {"csrfmiddlewaretoken": TOKEN}
    own_token(client)
    return client.post(address, told, secure=True, headers={"Origin": "https://testserver"}).status_code


def without_the_cookie(client: Client, address: str) -> int:
    told = {"csrfmiddlewaretoken": own_token(client)}
    del client.cookies[settings.CSRF_COOKIE_NAME]
    return client.post(address, told, secure=True, headers={"Origin": "https://testserver"}).status_code


VARIANTS: tuple[Variant, ...] = (bare, from_elsewhere, referred_from_elsewhere, made_up, without_the_cookie)


def own_token(client: Client) -> str:
    """A token that this browser was given, on a page of ours."""
    client.get("/cuenta/", secure=True)
    return str(client.cookies[settings.CSRF_COOKIE_NAME].value)


def every_address() -> Iterator[str]:
    for pattern in _patterns(get_resolver()):
        if pattern.name and not is_signed(pattern.callback):
            converters = pattern.pattern.converters
            values = {name: _value(each) for name, each in converters.items()}
            yield reverse(pattern.name, kwargs=values)


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from () if each.namespace else _patterns(each)
        else:
            yield each


def _value(converter: object) -> object:
    if isinstance(converter, UUIDConverter):
        return uuid4()
    return 1 if isinstance(converter, IntConverter) else "x"


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda each: each.__name__)
def test_a_forged_form_does_nothing_at_any_address(variant: Variant) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(worlds.user("odp"))
    own_token(client)
    addresses = sorted(set(every_address()))
    before = Entry.objects.count()

    accepted = {address for address in addresses if variant(client, address) != 403}

    assert len(addresses) > 60
    assert accepted == set()
    assert Entry.objects.count() == before


def test_the_same_form_of_our_own_is_taken() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(worlds.user("odp"))
    told = {"csrfmiddlewaretoken": own_token(client), "language": "en"}

    answer = client.post("/idioma/", told, secure=True, headers={"Origin": "https://testserver"})

    assert answer.status_code == 302

"""What every test of a page relies on: a data folder of its own, and somebody who is signed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from amparo.access.models import User
from amparo.casework.actions import rebuild
from amparo.ledger import queries
from tests import worlds
from tests.worlds import NOW, Office

JUDGES = ("revisor", "revisor-responsable")
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def begins_to_review(client: Client) -> Client:
    """A reviewer who has said what she opens pairs for."""
    client.post("/pares/empezar/", {"purpose": "PENDIENTES"})
    return client


@pytest.fixture
def sign_in() -> SignIn:
    """A browser of somebody of a role, in an office where the role has one."""

    def signed_in(role: str, office: Office | None = None) -> Client:
        client = Client(raise_request_exception=True)
        known = User.objects.filter(username=role).first()
        client.force_login(known or worlds.user(role, office))
        return begins_to_review(client) if role in JUDGES else client

    return signed_in


def project(*records: UUID) -> UUID:
    """Make the persons of some records without comparing anything; returns the first person."""
    return rebuild.around(touched=records, at=NOW)[0]


def acts() -> list[str]:
    """What the ledger holds, in order."""
    return [entry.act for entry in reversed(queries.latest(limit=500))]


def everything_in_the_ledger() -> str:
    """Every word that the ledger holds."""
    rows = queries.latest(limit=500)
    return "\n".join(f"{row.act} {row.actor} {row.purpose} {row.basis} {row.detail}" for row in rows)


def subjects_of(act: str) -> Iterable[UUID]:
    """The records that the newest entry of an act is about."""
    newest = queries.latest(limit=1, act=act)[0].seq
    return queries.subjects_of([newest]).get(newest, [])


def same_page(one: Any, other: Any) -> bool:
    """Whether two answers read the same, apart from their own address and the token of their forms."""
    return _plain(one) == _plain(other)


def _plain(answer: Any) -> str:
    text = answer.content.decode().replace(answer.request["PATH_INFO"], "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)

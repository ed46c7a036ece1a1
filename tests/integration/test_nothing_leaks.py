"""Three hundred marked identities go through everything; none is found in what was written but under the vault's seals.

Every name, document, alias and phone of the marked people is a word that occurs nowhere else. After handing them in,
linking them and reading their pages, each of those words, and its folded forms, is looked for in every table of both
databases, in every file of the data folder, in the log, and in addresses and headers.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from amparo.access.actors import MACHINE
from amparo.casework.actions import catching_up
from amparo.casework.models import Person
from amparo.engines.linkage import fold
from amparo.registries.actions.deliver import deliver
from proofs._marked import export, marks, marks_in, sheets, word
from tests import worlds
from tests.worlds import NOW, UPE

MARKED = 300


@pytest.fixture
def written(settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Path:
    """Hand everything in, link it, and read pages as somebody would."""
    settings.DATA = tmp_path
    caplog.set_level(logging.DEBUG)
    first = deliver(actor=MACHINE, source="pnp-reta", content=io.BytesIO(export(MARKED)), at=NOW)
    second = deliver(actor=MACHINE, source="mimp-upe", content=io.BytesIO(sheets(MARKED)), at=NOW)
    assert (first.new, second.new) == (MARKED, MARKED // 20)
    catching_up.catch_up(actor=MACHINE, touched=[*first.touched, *second.touched], at=NOW)
    return tmp_path


@pytest.mark.as_owner
def test_marked_identities_are_nowhere_but_under_seal(
    written: Path, caplog: pytest.LogCaptureFixture, client: Client
) -> None:
    addresses = read_as_a_worker(client)
    texts = ["\n".join([*tables(), *caplog.messages, *addresses])]
    files = (path.read_bytes().decode("latin-1") for path in written.rglob("*") if path.is_file())

    assert Person.objects.count() >= MARKED
    assert [found for text in (*texts, *files) for found in marks_in(text, MARKED)] == []


def test_the_marks_would_be_found_if_they_were_there() -> None:
    everything = {mark.lower() for number in range(MARKED) for mark in marks(number)}

    assert everything <= set(marks_in(export(MARKED).decode("cp1252"), MARKED))
    assert len(marks_in(fold.loose(word(7, "pat")), MARKED)) == len(marks_in(fold.strict(word(7, "nom")), MARKED)) == 1


def tables() -> Iterator[str]:
    """Every value of every row of every table of both databases, as text; sealed bytes as they are."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.values().iterator():
            yield json.dumps({name: _text(value) for name, value in row.items()}, ensure_ascii=False, default=str)


def _text(value: object) -> object:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else value


def read_as_a_worker(client: Client) -> list[str]:
    """Read the list, a thread and its identity, and search; return the addresses and headers that this made."""
    client.force_login(worlds.user("mimp-upe", UPE))
    person = Person.objects.filter(reaches__unit="upe", reaches__relation="record").order_by("id")[0]
    told = []
    answers = [
        client.get("/lista/"),
        client.get(f"/personas/{person.id}/"),
        client.post(f"/personas/{person.id}/", {"purpose": "ATENCION"}),
        client.post("/buscar/", {"text": f"{word(0, 'pat')} {word(0, 'nom')}", "purpose": "ATENCION"}),
    ]
    for answer in answers:
        assert answer.status_code == 200, answer.request["PATH_INFO"]
        told += [answer.request["PATH_INFO"], *map(str, answer.headers.items())]
    assert marks_in(answers[2].content.decode(), MARKED), "the identity that was asked for is shown, and only there"
    assert marks_in(answers[1].content.decode(), MARKED) == []
    return told

"""Marked people handed in, linked, read, erased and turned to new keys: and then every byte is looked at."""

from __future__ import annotations

import io
import logging
import os
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from proofs import _marked, _visible, installation
from proofs.promise import Outcome

_NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)


def dump(trials: int, _seed: int) -> Outcome:
    """Hand in marked people, link, read, erase and rotate, and look for them in every byte that was written."""
    installation.empty()
    from django.conf import settings

    folder = Path(settings.DATA)
    if not _visible.ways(_marked.export(trials), trials):
        return Outcome(0, 0, "the marks are not found where they are")
    with _everything_logged(folder / "service.log"):
        failures = [*_taken(folder, trials)]
        failures += _visible.in_folder(folder, trials)
        _erase_some_and_rotate(trials)
        failures += _visible.in_folder(folder, trials)
    failures += _opened_without_keys(folder)
    return Outcome.of(failures, trials)


def _taken(folder: Path, people: int) -> Iterator[str]:
    """Take both exports, look at the journals that lie there before the end, then link and read."""
    from django.db import transaction

    from amparo.access.actors import MACHINE
    from amparo.casework.actions import catching_up
    from amparo.registries.actions.deliver import deliver

    with transaction.atomic(), transaction.atomic(using="vault"):
        for source, content in (("pnp-reta", _marked.export(people)), ("mimp-upe", _marked.sheets(people))):
            deliver(actor=MACHINE, source=source, content=io.BytesIO(content), at=_NOW)
        yield from _visible.in_folder(folder, people)
    catching_up.catch_up(actor=MACHINE, at=_NOW)


def _erase_some_and_rotate(people: int) -> None:
    from amparo.access.actors import Actor
    from amparo.casework.actions import erasing
    from amparo.registries.models import Record
    from amparo.registries.queries.identities import tokens_of
    from amparo.vault import rotation

    chosen = list(Record.objects.order_by("id").values_list("id", flat=True)[: people // 3])
    actor = Actor("proof", scope="all", capabilities=frozenset({"erasure"}))
    erasing.erase(actor=actor, records=chosen, basis="Ley 29733, art. 20", at=_NOW)
    begun = rotation.begin(author=actor.author, at=_NOW, data_keys=True)
    rotation.run(begun, author=actor.author, at=_NOW, tokens_of=tokens_of)


def _opened_without_keys(folder: Path) -> Iterator[str]:
    """A copy of the data folder without its keys, to which whoever took it gives a key of her own, opens nothing."""
    from amparo.registries.models import Record
    from amparo.vault import queries
    from amparo.vault.cipher import Unreadable

    root = folder / "keys" / "root.key"
    kept = root.rename(root.with_suffix(".elsewhere"))
    root.write_text(b64encode(os.urandom(32)).decode("ascii"), encoding="ascii")
    forget_opened_keys()
    for record in Record.objects.values_list("id", flat=True):
        try:
            yield from ("a value opened without the keys" for _ in queries.open_many([record], "identity"))
        except Unreadable:
            continue
    kept.replace(root)
    forget_opened_keys()


def forget_opened_keys() -> None:
    """As after a new start: what is not in the databases and the key file is gone."""
    from amparo.vault import keys

    keys._opened.clear()


@contextmanager
def _everything_logged(path: Path) -> Iterator[None]:
    """Write whatever anybody logs, down to the least, into a file as a careless operator might."""
    handler, root = logging.FileHandler(path), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()

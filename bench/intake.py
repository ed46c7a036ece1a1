"""One record against 200,000 in the vault of an installation: tokens, candidates, unsealing, scoring, all in-process.

Run: ``python -m bench.intake [--people N]``, where N is the number of records in the vault. The records of an invented
world (report seed) are sealed and their tokens written in bulk, as an import does, but without its batches and events:
importing them all would take an hour and change nothing of what is measured. The weights are trained on a part of
them. Then records of the same world that are not in the vault are compared one by one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import mean, quantiles
from uuid import UUID

from amparo.engines.linkage.fields import Fields
from amparo.kernel.ids import public_code, uuid7
from amparo.world.fields import linkage_fields
from amparo.world.seeds import REPORT_SEED

_TODAY = date(2025, 6, 1)
_RECORDS = 200_000
_ASKED = 500
_TRAINED_ON = 40_000
_CHUNK = 5_000
# So many records are on one person of the world, about.
_PER_PERSON = 2.05


def main(arguments: Sequence[str]) -> int:
    """Build the vault, ask, and print one object per figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=_RECORDS, help="records in the vault")
    told = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="amparo-bench-") as folder:
        print(json.dumps(_measure(Path(folder), told.people)))
    return 0


def _measure(folder: Path, count: int) -> list[dict[str, object]]:
    _start(folder)
    from amparo.registries.queries import intake

    known, asked = _records(count)
    started = time.perf_counter()
    for start in range(0, len(known), _CHUNK):
        _keep(known[start : start + _CHUNK])
    built = time.perf_counter() - started
    _train(known)
    _, model = intake.current_model()
    intake.compare(asked[0], model)
    times, spent, found = [], [], []
    for fields in asked:
        before, worked = time.perf_counter(), time.process_time()
        _, model = intake.current_model()
        found.append(len(intake.compare(fields, model)))
        times.append(1000 * (time.perf_counter() - before))
        spent.append(1000 * (time.process_time() - worked))
    cut = quantiles(times, n=100)
    rows = [
        ("records in the vault", len(known), "records", ""),
        ("vault filled in bulk", round(built, 1), "s", ""),
        ("one record against all: median", round(cut[49], 2), "ms", ""),
        ("one record against all: p95", round(cut[94], 2), "ms", "≤ 25"),
        ("one record against all: p99", round(cut[98], 2), "ms", ""),
        ("one record against all: p95 of processor time", round(quantiles(spent, n=100)[94], 2), "ms", ""),
        ("candidates opened: mean", round(mean(found), 1), "records", ""),
        ("candidates opened: p95", round(quantiles(found, n=100)[94]), "records", ""),
    ]
    return [dict(zip(("figure", "value", "unit", "goal"), row, strict=True)) for row in rows]


def _start(folder: Path) -> None:
    """An empty installation in the folder."""
    os.environ |= {"AMPARO_DATA": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "amparo.config.settings.demo"}
    (folder / "data" / "static").mkdir(parents=True)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("migrate", database="vault", verbosity=0)


def _records(count: int) -> tuple[list[Fields], list[Fields]]:
    """Records for the vault, and others of the same people to ask with."""
    draw = random.Random(1)
    people = round((count + _ASKED) / _PER_PERSON * 1.02) + 1
    world = [fields for fields, _ in linkage_fields(people, REPORT_SEED, _TODAY)]
    drawn = draw.sample(world, min(count + _ASKED, len(world)))
    named = [replace(fields, record_id=str(_id(draw))) for fields in drawn]
    return named[_ASKED:], named[:_ASKED]


def _id(draw: random.Random) -> UUID:
    return uuid7(milliseconds=draw.getrandbits(40), random=draw.randbytes(10))


def _keep(some: Sequence[Fields]) -> None:
    """Write records with their sealed identities and tokens."""
    from django.db import transaction

    from amparo.engines.linkage import block
    from amparo.ledger.rows import insert_many
    from amparo.pack.current import pack
    from amparo.registries import identity
    from amparo.registries.models import Record
    from amparo.vault import actions as vault

    columns = (
        "id", "source", "institution", "unit", "office", "department", "key", "code", "version", "digest",
        "linked", "sex", "nationality",
    )  # fmt: skip
    documents, tokens = [], {}
    for fields in some:
        owner = UUID(fields.record_id)
        plain = identity.to_bytes(identity.Identity(fields, {"NOMBRES": fields.given, "APELLIDOS": fields.surname1}))
        documents.append(vault.Document(owner, identity.COMPARTMENT, 1, fields.institution, plain))
        tokens[owner] = block.keys(fields, pack().names)
    with transaction.atomic():
        insert_many(Record, columns, _rows(some))
        with transaction.atomic(using="vault"):
            vault.seal_many(documents)
            vault.put_tokens(tokens)


def _rows(some: Sequence[Fields]) -> Iterator[tuple[object, ...]]:
    for fields in some:
        owner = UUID(fields.record_id)
        code = public_code(owner, prefix="B") + owner.hex[-6:]
        house = fields.institution
        yield owner, "bench", house, house, house, "", owner.hex, code, 1, owner.hex, True, fields.sex, ""


def _train(known: Sequence[Fields]) -> None:
    from django.utils import timezone

    from amparo.engines.linkage import train
    from amparo.pack.current import pack
    from amparo.registries.models import LinkModel

    model = train.train(known[:_TRAINED_ON], pack().names, seed=1)
    LinkModel.objects.create(
        name="bench", weights=json.loads(model.to_json()), trained_at=timezone.now(), records=len(known)
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""``amparo import --source CODE FILE``: one delivery, as the page of deliveries takes it."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from amparo.interfaces import sentences
from amparo.interfaces.cli import installation
from amparo.interfaces.cli.language import Text, english
from amparo.interfaces.cli.operator import operator
from amparo.kernel.errors import Invalid

if TYPE_CHECKING:
    from amparo.registries.actions.deliver import Delivered
    from amparo.registries.reasons import Reason

_FILE = Text("el archivo, tal como lo exporta la institución", "the file, as the institution exports it")
_SOURCE = Text("de qué registro es (pnp-reta, mp, mimp-cem …)", "which registry it is of (pnp-reta, mp, mimp-cem …)")
_DRY_RUN = Text("dice qué pasaría y no guarda nada", "says what would happen and keeps nothing")
_COUNTS = Text(
    "{new} nuevas, {changed} cambiadas, {unchanged} sin cambios, {set_aside} apartadas",
    "{new} new, {changed} changed, {unchanged} unchanged, {set_aside} set aside",
)
_WOULD = Text("Simulación, no se guardó nada: {counts}.", "Dry run, nothing was kept: {counts}.")
_DONE = Text("Entrega recibida: {counts}.", "Delivery taken: {counts}.")
_ROW = Text("fila {number}, {column}: {sentence}", "row {number}, {column}: {sentence}")
_WHOLE_ROW = Text("fila {number}: {sentence}", "row {number}: {sentence}")
_MORE = Text("… y {count} más. --json las muestra todas.", "… and {count} more. --json lists them all.")
_PEOPLE = Text(
    "{persons} personas al día; {to_ask} pares por revisar.", "{persons} people up to date; {to_ask} pairs to review."
)
_SHOWN = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the source and the file."""
    parser.add_argument("--source", required=True, metavar="CODE", help=str(_SOURCE))
    parser.add_argument("file", type=Path, metavar="FILE", help=str(_FILE))
    parser.add_argument("--dry-run", action="store_true", help=str(_DRY_RUN))
    installation.add_json(parser)
    installation.add_data(parser)


def run(options: argparse.Namespace) -> int:
    """Take the delivery; exit code 1 where rows were set aside. What was taken is linked and projected at once."""
    installation.open_existing(options.data)
    from django.utils import timezone

    from amparo.casework.actions import catching_up
    from amparo.registries.actions import deliver

    now, actor = timezone.now(), operator("delivery_write")
    try:
        content = options.file.open("rb")
    except OSError as error:
        raise Invalid("delivery.no_such_file", file=options.file.name) from error
    with content:
        outcome = deliver.deliver(actor=actor, source=options.source, content=content, at=now, dry_run=options.dry_run)
    caught = None
    if not options.dry_run:
        caught = catching_up.catch_up(actor=actor, touched=outcome.touched, at=now)
    if options.json:
        print(json.dumps(_as_data(outcome), ensure_ascii=False, indent=2))
    else:
        _print(outcome)
        if caught and caught.persons:
            print(_PEOPLE.fill(persons=caught.persons, to_ask=caught.to_ask))
    return 1 if outcome.set_aside else 0


def _print(outcome: Delivered) -> None:
    counts = _COUNTS.fill(
        new=outcome.new, changed=outcome.changed, unchanged=outcome.unchanged, set_aside=outcome.set_aside
    )
    print((_DONE if outcome.batch else _WOULD).fill(counts=counts))
    lines = [_line(row.number, reason) for row in outcome.rows_set_aside for reason in row.reasons]
    for line in lines[:_SHOWN]:
        print(f"  {line}")
    if len(lines) > _SHOWN:
        print("  " + _MORE.fill(count=len(lines) - _SHOWN))


def _line(number: int, reason: Reason) -> str:
    sentence = _sentence(reason)
    if reason.column:
        return _ROW.fill(number=number, column=reason.column, sentence=sentence)
    return _WHOLE_ROW.fill(number=number, sentence=sentence)


def _sentence(reason: Reason) -> str:
    return sentences.of_code(reason.code, {"column": reason.column, **reason.params}, "en" if english() else "es")


def _as_data(outcome: Delivered) -> dict[str, object]:
    """The answer for programs. The values that were typed are left out: this may end in a log."""
    reasons = Counter(reason.code for row in outcome.rows_set_aside for reason in row.reasons)
    return {
        "batch": str(outcome.batch) if outcome.batch else None,
        "source": outcome.source,
        "layout": outcome.layout,
        "sha256": outcome.sha256,
        "read_as": dict(outcome.read_as),
        "new": outcome.new,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "set_aside": outcome.set_aside,
        "notes": [dict(note) for note in outcome.notes],
        "reasons": dict(reasons),
        "rows_set_aside": [
            {
                "row": row.number,
                "reasons": [
                    {"code": reason.code, "column": reason.column, "sentence": _sentence(reason)}
                    for reason in row.reasons
                ],
            }
            for row in outcome.rows_set_aside
        ],
    }

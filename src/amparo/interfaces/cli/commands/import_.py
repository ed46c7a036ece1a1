"""``amparo import --source CODE FILE``: one delivery, as the page of deliveries takes it."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.language import Text, english
from amparo.interfaces.cli.operator import operator
from amparo.kernel.errors import Invalid
from amparo.registries import messages

if TYPE_CHECKING:
    from amparo.access.actors import Actor
    from amparo.casework.actions.catching_up import CaughtUp
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
_FAULTS = Text(
    "La tabla no cuadra consigo misma en {count} lugares; la página de cifras los muestra.",
    "The table does not agree with itself in {count} places; the page of figures shows them.",
)
_STAGES = {
    "training": Text("Aprendiendo cuánto pesa cada coincidencia …", "Learning what each agreement weighs …"),
    "comparing": Text("Comparando los registros …", "Comparing the records …"),
    "projecting": Text("Poniendo al día a las personas …", "Bringing the people up to date …"),
}
_READ_AS = Text("leído como {how}", "read as {how}")
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

    now, actor = timezone.now(), operator("delivery_write")
    try:
        content = options.file.open("rb")
    except OSError as error:
        raise Invalid("delivery.no_such_file", file=options.file.name) from error
    with content:
        outcome, caught = _deliver(options, actor, content, now)
    if options.json:
        print(json.dumps(_as_data(outcome), ensure_ascii=False, indent=2))
    else:
        _print(outcome)
        if caught and caught.persons:
            print(_PEOPLE.fill(persons=caught.persons, to_ask=caught.to_ask))
    return 1 if outcome.set_aside else 0


def _deliver(
    options: argparse.Namespace, actor: Actor, content: BinaryIO, now: datetime
) -> tuple[Delivered, CaughtUp | None]:
    """Take the file; registers of people are then linked and projected, published tables touch nobody."""
    from amparo.casework.actions import catching_up
    from amparo.registries.actions import deliver, deliver_series

    taking: dict[str, Any] = {
        "actor": actor,
        "source": options.source,
        "content": content,
        "at": now,
        "dry_run": options.dry_run,
    }
    if deliver_series.is_series(options.source):
        return deliver_series.deliver_series(**taking), None
    outcome = deliver.deliver(**taking)
    if options.dry_run:
        return outcome, None
    caught = catching_up.catch_up(
        actor=actor, touched=outcome.touched, at=now, stage=_tell, processes=installation.processes()
    )
    return outcome, caught


def _tell(stage: str) -> None:
    """What takes long is told as it begins, apart from the answer."""
    print(_STAGES[stage], file=sys.stderr, flush=True)


def _print(outcome: Delivered) -> None:
    counts = _COUNTS.fill(
        new=outcome.new, changed=outcome.changed, unchanged=outcome.unchanged, set_aside=outcome.set_aside
    )
    print((_DONE if outcome.batch else _WOULD).fill(counts=counts))
    print("  " + _READ_AS.fill(how=", ".join(str(value) for value in outcome.read_as.values())))
    for note in outcome.notes:
        print("  " + messages.sentence(str(note["code"]), note, "en" if english() else "es"))
    lines = [_line(row.number, reason) for row in outcome.rows_set_aside for reason in row.reasons]
    for line in lines[:_SHOWN]:
        print(f"  {line}")
    if len(lines) > _SHOWN:
        print("  " + _MORE.fill(count=len(lines) - _SHOWN))
    if outcome.faults:
        print(_FAULTS.fill(count=sum(outcome.faults.values())))


def _line(number: int, reason: Reason) -> str:
    sentence = _sentence(reason)
    if reason.column:
        return _ROW.fill(number=number, column=reason.column, sentence=sentence)
    return _WHOLE_ROW.fill(number=number, sentence=sentence)


def _sentence(reason: Reason) -> str:
    """Without the value that was typed, which may be part of a name: this may end in a log."""
    return messages.of_reason(reason, "en" if english() else "es", with_value=False)


def _as_data(outcome: Delivered) -> dict[str, object]:
    """The answer for programs."""
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
        "faults": dict(outcome.faults),
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

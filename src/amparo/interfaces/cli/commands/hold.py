"""``amparo hold``: legal holds, while which nothing of a record is erased."""

from __future__ import annotations

import argparse

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.language import Text

_PLACE = Text("ordena conservar registros", "puts records under a legal hold")
_LIFT = Text("levanta la orden de conservar; hacen falta dos personas", "lifts the legal hold; it takes two people")
_LIST = Text("muestra las órdenes de conservar esos registros", "shows the holds on those records")
_CODES = Text("códigos de los registros", "codes of the records")
_REASON = Text("motivo: {reasons}", "reason: {reasons}")
_ARTICLE = Text("norma que lo exige, como «CPP, art. 220»", "article that demands it, as “CPP, art. 220”")
_PLACED = Text("Con orden de conservar: {count}.", "Put under a legal hold: {count}.")
_LIFTED = Text("Órdenes levantadas: {count}.", "Holds lifted: {count}.")
_ASKED = Text(
    "Pedido anotado: otra persona debe levantarlas ({count}).", "Noted: somebody else has to lift them ({count})."
)
_STANDS = Text("vigente", "standing")
_LIFT_ASKED = Text("vigente; se pidió levantarla", "standing; somebody asked to lift it")
_ENDED = Text("levantada el {day} ({why})", "lifted on {day} ({why})")
_NONE = Text("{code}: sin orden de conservar", "{code}: no legal hold")
REASONS = ("criminal_proceedings", "court_order", "reparation", "request_pending", "other")
LIFTED_FOR = ("ended", "mistake", "court_order")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the parts and their options."""
    parts = parser.add_subparsers(dest="part", required=True)
    place = parts.add_parser("place", help=str(_PLACE), description=str(_PLACE))
    lift = parts.add_parser("lift", help=str(_LIFT), description=str(_LIFT))
    listed = parts.add_parser("list", help=str(_LIST), description=str(_LIST))
    for part in (place, lift, listed):
        part.add_argument("records", nargs="+", metavar="CODE", help=str(_CODES))
        installation.add_data(part)
    for part, reasons in ((place, REASONS), (lift, LIFTED_FOR)):
        part.add_argument("--reason", required=True, choices=reasons, help=_REASON.fill(reasons=", ".join(reasons)))
    place.add_argument("--article", required=True, help=str(_ARTICLE))


def run(options: argparse.Namespace) -> int:
    """Place, lift or list."""
    installation.open_existing(options.data)
    from django.utils import timezone

    from amparo.interfaces.cli.operator import operator
    from amparo.registries.actions import erasing, holding

    records, actor, now = erasing.by_codes(options.records), operator(holding.CAPABILITY), timezone.now()
    if options.part == "place":
        count = holding.place(actor=actor, records=records, reason=options.reason, article=options.article, at=now)
        print(_PLACED.fill(count=count))
    elif options.part == "lift":
        done = holding.lift(actor=actor, records=records, why=options.reason, at=now)
        print(_LIFTED.fill(count=done.lifted) if done.lifted else _ASKED.fill(count=done.asked))
    else:
        _list(options.records)
    return 0


def _list(codes: list[str]) -> None:
    from amparo.registries.actions import erasing
    from amparo.vault import holds

    for code in codes:
        found = holds.of(erasing.by_codes([code])[0])
        if not found:
            print(_NONE.fill(code=code))
        for hold in found:
            ended = hold.lifted_at
            standing = str(_LIFT_ASKED if hold.lift_asked_by else _STANDS)
            state = _ENDED.fill(day=ended.date().isoformat(), why=hold.lifted_for) if ended else standing
            print(f"{code}  {hold.placed_at.date().isoformat()}  {hold.reason}  {hold.article}  {state}")

"""``amparo retention``: how long data are kept, what is due now and soon, and carrying out a rule by hand."""

from __future__ import annotations

import argparse
import json

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.language import Text, english

_REPORT = Text("qué está vencido y qué vencerá en 90 días; no destruye nada", "what is due, now and in 90 days")
_RUN = Text(
    "destruye lo vencido según una regla, aunque nadie la haya verificado: usted responde por ella",
    "destroys what is due by a rule, even one that nobody verified: you answer for it",
)
_RULE = Text("código de la regla", "code of the rule")
_YES = Text("hacerlo; sin esto solo se muestra", "do it; without this it is only shown")
_LINE = Text(
    "{code:<16} {label}: {days} días. Vencidos {due}, con orden de conservar {held}, en 90 días {soon} más. {state}",
    "{code:<16} {label}: {days} days. Due {due}, under a hold {held}, {soon} more within 90 days. {state}",
)
_VERIFIED = Text("Se destruyen solos.", "Destroyed by themselves.")
_UNVERIFIED = Text(
    "SIN VERIFICAR ({source}): no se destruye nada por sí solo.",
    "UNVERIFIED ({source}): nothing is destroyed by itself.",
)
_NO_RULES = Text(
    "El paquete país no dice cuánto se conserva: se conserva todo.",
    "The country pack does not say how long data are kept: everything is kept.",
)
_DONE = Text("Destruidos: {count}.", "Destroyed: {count}.")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the parts and their options."""
    parts = parser.add_subparsers(dest="part", required=True)
    report = parts.add_parser("report", help=str(_REPORT), description=str(_REPORT))
    carry_out = parts.add_parser("run", help=str(_RUN), description=str(_RUN))
    carry_out.add_argument("rule", metavar="CODE", help=str(_RULE))
    carry_out.add_argument("--yes", action="store_true", help=str(_YES))
    for part in (report, carry_out):
        installation.add_data(part)
    installation.add_json(report)


def run(options: argparse.Namespace) -> int:
    """Report, or carry out one rule; exit code 1 where it was only shown."""
    installation.open_existing(options.data)
    from django.utils import timezone

    from amparo.casework.actions import erasing
    from amparo.interfaces.cli.operator import operator
    from amparo.registries.actions.erasing import CAPABILITY

    if options.part == "report" or not options.yes:
        _report(as_json=options.part == "report" and options.json)
        return 0 if options.part == "report" else 1
    done = erasing.keep_to_terms(actor=operator(CAPABILITY), at=timezone.now(), rule=options.rule)
    print(_DONE.fill(count=sum(done.destroyed.values())))
    return 0


def _report(*, as_json: bool) -> None:
    from django.utils import timezone

    from amparo.registries.queries import retention

    told = []
    for due in retention.report(at=timezone.now()):
        rule, counts = due.rule, {"due": len(due.due), "held": len(due.held), "soon": due.soon}
        told.append({"rule": rule.code, "kind": rule.kind, "verified": rule.verified, "article": rule.source, **counts})
        state = str(_VERIFIED) if rule.verified else _UNVERIFIED.fill(source=rule.source)
        if not as_json:
            label = rule.label("en" if english() else "es")
            print(_LINE.fill(code=rule.code, label=label, days=rule.keep_days, state=state, **counts))
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
    elif not told:
        print(_NO_RULES)

"""``amparo check``: whether this installation is fit to work."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from pathlib import Path

from amparo.interfaces.cli import installation
from amparo.interfaces.cli.commands import grants
from amparo.interfaces.cli.language import Text

_FREE_BYTES = 1_000_000_000
_GOOD, _BAD = Text("bien", "good"), Text("MAL", "BAD")
_DATABASES = Text("las bases están al día (si no: amparo setup)", "the databases are up to date (else: amparo setup)")
_PACK = Text("el paquete país no tiene problemas (amparo check-pack)", "the country pack is sound (amparo check-pack)")
_KEYS = Text("la llave raíz está en su lugar", "the root key is in place")
_LEDGER = Text("la bitácora está íntegra (amparo ledger verify)", "the ledger is whole (amparo ledger verify)")
_FILES = Text(
    "ningún archivo sellado quedó sin dueño ({number}; los quita: amparo tick)",
    "no sealed file is left without an owner ({number}; removed by: amparo tick)",
)
_DISK = Text("queda al menos 1 GB de disco", "at least 1 GB of disk is left")
_SCANNER = Text(
    "revisión de archivos contra virus: {state} (para exigirla: AMPARO_SCAN=required)",
    "scanning of files for viruses: {state} (to require it: AMPARO_SCAN=required)",
)
_SCANNER_STATES = {
    "present": Text("el antivirus responde", "the scanner answers"),
    "absent": Text("ningún antivirus responde", "no scanner answers"),
    "off": Text("apagado", "switched off"),
}
_DRILL = Text(
    "una copia de seguridad se ensayó bien en los últimos {days} días (última vez: {last}; amparo backup drill)",
    "a backup was drilled well in the last {days} days (last time: {last}; amparo backup drill)",
)
_RIGHTS = Text(
    "el servicio puede en PostgreSQL lo que necesita y nada más (lo pone quien es dueño: amparo grants)",
    "the service may do in PostgreSQL what it needs and nothing else (set by the owner: amparo grants)",
)
_OUTSIDE = Text(
    "las constancias de la bitácora llegan fuera de esta máquina (AMPARO_CHECKPOINTS y amparo tick)",
    "the ledger's checkpoints reach a place outside this machine (AMPARO_CHECKPOINTS and amparo tick)",
)
_NEVER = Text("nunca", "never")
_SETTINGS = Text("la configuración es segura", "the settings are safe")
_DEMO = Text(
    "Es una demostración: no guarde aquí datos de nadie real.",
    "This is a demonstration: do not keep anybody's real data here.",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the data folder."""
    installation.add_data(parser)


def run(options: argparse.Namespace) -> int:
    """Print each finding; exit code 1 where one is bad."""
    folder = installation.start(options.data)
    from django.conf import settings

    findings = [(_DATABASES, _databases), (_PACK, _pack), (_KEYS, _keys), (_LEDGER, _ledger)]
    results: list[tuple[object, bool]] = [(text, _holds(test)) for text, test in findings]
    left = _left_behind()
    results += [(_FILES.fill(number="?" if left is None else left), left == 0)]
    results += [(_DISK, _disk(folder)), (_SETTINGS, settings.DEMO or _settings())]
    results += [_scanner(), *_rights()]
    if not settings.DEMO:
        results += [(_OUTSIDE, _holds(_leaves_the_machine)), _drill()]
    for text, good in results:
        print(f"{_GOOD if good else _BAD!s:<5} {text}")
    if settings.DEMO:
        print(_DEMO)
    return 0 if all(good for _, good in results) else 1


def _holds(test: Callable[[], bool]) -> bool:
    """Whether a finding is good; what cannot even be looked at is not."""
    try:
        return test()
    except Exception:
        return False


def _databases() -> bool:
    return installation.pending_migrations() == 0


def _pack() -> bool:
    from amparo.pack import checks, location

    return not checks.check(location.default()).problems


def _keys() -> bool:
    from amparo.vault import keys

    keys.refuse_lost()
    return len(keys.blind_keys()) > 0


def _ledger() -> bool:
    from amparo.ledger import verification

    return verification.verify().fault is None


def _left_behind() -> int | None:
    """How many sealed files and previews belong to nothing; none where that cannot be looked up."""
    from django.utils import timezone

    from amparo.registries.actions import sweeping

    try:
        return sweeping.orphans(at=timezone.now()).number
    except Exception:
        return None


def _disk(folder: Path) -> bool:
    return shutil.disk_usage(folder if folder.exists() else folder.parent).free >= _FREE_BYTES


def _scanner() -> tuple[str, bool]:
    """Whether files are scanned. Where none is required its absence is told and is no fault."""
    from amparo.registries.readers import scanning

    state = scanning.state()
    return _SCANNER.fill(state=_SCANNER_STATES[state]), state == "present" or not scanning.required()


def _rights() -> list[tuple[object, bool]]:
    """One finding where the databases are PostgreSQL's; SQLite has no roles."""
    return [(_RIGHTS, _holds(grants.are_exact))] if grants.served() else []


def _leaves_the_machine() -> bool:
    from django.utils import timezone

    from amparo.ledger import outside

    return bool(outside.places()) and not outside.is_silent(timezone.now(), since=outside.WARNS_AFTER)


def _drill() -> tuple[str, bool]:
    """When a backup was last restored to see whether it holds."""
    from django.utils import timezone

    from amparo.vault.backups import drills

    try:
        last = drills.last_passed()
    except Exception:
        last = None
    told = _DRILL.fill(days=drills.OVERDUE.days, last=last.date().isoformat() if last else _NEVER)
    return told, not drills.is_overdue(last, timezone.now())


def _settings() -> bool:
    from django.core import checks

    return not checks.run_checks(include_deployment_checks=True)

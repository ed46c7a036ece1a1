"""Obligations of many people recomputed: 50,000 persons with 12 events each, on the shipped routes of Peru.

Goal for the whole recomputation, with reading and writing, is 60 s; the engine's own share should stay within 15 s.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from amparo.engines.route.chain import chain
from amparo.engines.route.evaluate import evaluate
from amparo.engines.route.model import Facts, RouteBook
from amparo.engines.route.outcome import Happened
from amparo.engines.route.risk import prioritise, situation
from amparo.kernel.dates import Approx
from amparo.kernel.working_days import Calendar, HolidayRule
from amparo.pack.routes import load_routes
from amparo.pack.source import Folder

PACK = Path(__file__).resolve().parents[1] / "packs" / "peru"
NOW = datetime(2026, 6, 15, 15, tzinfo=UTC)
CALENDAR = Calendar(
    [HolidayRule(f"{month}-{day}", month, day) for month, day in ((1, 1), (5, 1), (6, 29), (7, 28), (12, 8), (12, 25))]
    + [HolidayRule("good friday", easter_offset=-2)]
)
START = ("denuncia", "rescate", "comunicacion_fiscal", "registro_reta", "informacion_derechos")
CHILD = (*START, "derivacion:upe", "apertura_upe", "acogida_ingreso", "atencion_salud", "camara_gesell", "pti", "pri",
         "seguimiento", "seguimiento", "evaluacion_riesgo", "cierre", "reapertura")  # fmt: skip
ADULT = (*START, "oferta_udavit", "rechazo_udavit", "aviso_mimp", "apertura_cem", "monitoreo_psicosocial",
         "atencion_salud", "pri", "seguimiento", "apertura_calp", "contacto_fallido", "cierre", "rescate")  # fmt: skip
DATA = {"acogida_ingreso": {"tipo": "CAR_BASICO"}, "evaluacion_riesgo": {"nivel": "SEVERO"}}
UNITS = {
    "apertura_upe": "upe",
    "apertura_cem": "cem",
    "apertura_calp": "calp",
    "cierre": "cem",
    "rechazo_udavit": "udavit",
}

Person = tuple[Facts, list[Happened]]


def people(count: int, events: int, seed: int) -> list[Person]:
    """Invented persons, half of them children at the rescue, with events in the order of the route and gaps in it."""
    draw = random.Random(seed)
    return [_person(draw, number, events) for number in range(count)]


def _person(draw: random.Random, number: int, count: int) -> Person:
    child = draw.random() < 0.5
    rescued = date(2018, 1, 1) + timedelta(days=draw.randrange(3000))
    born = rescued - timedelta(days=draw.randrange(12 * 365, 18 * 365) if child else draw.randrange(6600, 15000))
    steps = sorted(draw.sample(range(17), count))
    on = rescued
    events = []
    for position in steps:
        name, _, target = (CHILD if child else ADULT)[position].partition(":")
        data = {"destino": target} if target else DATA.get(name, {})
        on += timedelta(days=draw.choice((0, 0, 1, 3, 20, 60)))
        said = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
        events.append(Happened(f"{number}-{position}", name, on, said, UNITS.get(name, "pnp"), data=data))
    draw.shuffle(events)
    nationality = "PER" if draw.random() < 0.9 else "VEN"
    return Facts(Approx.exact(born), nationality, draw.choice(("yes", "no", ""))), events


def book() -> RouteBook:
    """The routes of Peru as shipped."""
    found = load_routes(Folder(PACK), timezone="America/Lima", adult_at=18)
    if found is None:
        raise SystemExit("the routes of Peru cannot be read: see amparo check-pack")
    return found


def main(arguments: Sequence[str]) -> int:
    """Measure the time of one core and print JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--events", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    routes = book()
    world = people(options.people, options.events, options.seed)
    # A real recomputation reads persons in batches; here all of them wait in memory and would be swept again and again.
    gc.freeze()
    found = 0
    began = time.process_time()
    for facts, events in world:
        found += len(evaluate(routes, facts, events, NOW, CALENDAR))
    engine = time.process_time() - began
    sample = world[: max(1, options.people // 10)]
    began = time.process_time()
    for facts, events in sample:
        owed = evaluate(routes, facts, events, NOW, CALENDAR)
        prioritise(owed, situation(routes, facts, events, NOW), NOW.date())
        chain(routes, facts, events, NOW)
    whole = time.process_time() - began
    rows = [
        _row(f"obligations of {options.people} people, engine only", engine, "s", "<= 15 s for 50,000"),
        _row("obligations of one person", engine / len(world) * 1000, "ms", "<= 0.3 ms"),
        _row("one person with priority and chain", whole / len(sample) * 1000, "ms", ""),
        _row("obligations per person", found / len(world), "", ""),
    ]
    print(json.dumps(rows))
    return 0


def _row(figure: str, value: float, unit: str, goal: str) -> dict[str, object]:
    return {"figure": figure, "value": round(value, 4), "unit": unit, "goal": goal}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

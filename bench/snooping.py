"""How many scripted ways of snooping give a sign, and how many ordinary days do so wrongly.

``bench/_reading_habits.py`` has both, by the same hand as the rule: other people will find ways that it does not know.
Goals (threat T1): at least 95 of 100 ways are told of, of ordinary days at most 2 in 100. Signs are looked for whenever
``amparo tick`` runs, every few minutes: what is told of here is told of by the next run after its last reading. Bounds
were chosen on seeds 31 to 34; the report seed is another one.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Sequence

from amparo.casework.rules.snooping import signs
from bench._figures import Row
from bench._reading_habits import HABITS, WAYS, life, snooping

REPORT_SEED = 2026
WAYS_TRIED, DAYS = 50, 500


def main(arguments: Sequence[str]) -> int:
    """Count signs, and print JSON."""
    parser = argparse.ArgumentParser(prog="bench snooping")
    parser.add_argument("--seed", type=int, default=REPORT_SEED)
    parser.add_argument("--ways", type=int, default=WAYS_TRIED)
    parser.add_argument("--days", type=int, default=DAYS)
    options = parser.parse_args(arguments)
    missed = missed_ways(options.seed, options.ways)
    wrong = wrong_days(options.seed, options.days)
    told = 100 - 100 * missed.total() / options.ways
    wrongly = 100 * wrong.total() / options.days
    rows: list[Row] = [
        {"figure": "ways of snooping told of", "value": round(told, 1), "unit": "of 100", "goal": "≥ 95"},
        {"figure": "ordinary days told of", "value": round(wrongly, 1), "unit": "of 100", "goal": "≤ 2"},
    ]
    rows += [
        {"figure": f"missed: {way}", "value": number, "unit": "ways", "goal": ""} for way, number in missed.items()
    ]
    rows += [
        {"figure": f"wrong: {name}", "value": number, "unit": "days", "goal": ""} for name, number in wrong.items()
    ]
    print(json.dumps(rows, ensure_ascii=False))
    return 0


def missed_ways(seed: int, number: int) -> Counter[str]:
    """Ways of snooping without a sign, by way, of so many that take turns."""
    chance, names = random.Random(seed), sorted(WAYS)
    lives = ((names[turn % len(names)], snooping(names[turn % len(names)], chance)) for turn in range(number))
    return Counter(way for way, lived in lives if not signs(lived.looks, lived.explained, lived.today))


def wrong_days(seed: int, number: int) -> Counter[str]:
    """Signs of ordinary days, by habit and sign, of so many days of habits that take turns."""
    chance, names = random.Random(seed + 1), sorted(HABITS)
    lives = ((names[turn % len(names)], life(names[turn % len(names)], chance)) for turn in range(number))
    found = ((habit, sorted(signs(lived.looks, lived.explained, lived.today))) for habit, lived in lives)
    return Counter(f"{habit}, {' and '.join(told)}" for habit, told in found if told)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

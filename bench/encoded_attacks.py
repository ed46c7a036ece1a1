"""How many records an attacker without the secret names, with and without hardening.

The attacker is given more than anybody should have: everything about the construction but the secret, and a list with
the names and births of exactly the people in the file (or of half of them). Four attacks, after the literature:

* *frequency*: what occurs most often is the most frequent name (Kuzu et al. 2011; here on equal encodings);
* *known pairs*: one record in ten is known by name, and the bits that all records with a bigram have in common are
  taken to be that bigram's (in the spirit of the pattern mining of Christen et al. 2018, with more help);
* *similarity graph*: the list is encoded under a secret of the attacker's own, and records are matched by how alike
  each is to its nearest neighbours (in the spirit of Vidanage et al. 2020);
* *tokens*: the same by how many records share each of a record's tokens.

*Plain* is what is done without hardening: one encoding for each surname, or a Bloom filter without diffusion.
Run: ``python -m bench.encoded_attacks --people 1000 --seed 31``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from amparo.engines.linkage import fold
from amparo.engines.linkage.encoded.clk import likeness
from amparo.engines.linkage.encoded.encode import Encoder
from amparo.engines.linkage.encoded.encoding import BITS, Encoding
from amparo.engines.linkage.encoded.facts import facts
from amparo.engines.linkage.encoded.parameters import Parameters
from amparo.engines.linkage.fields import Fields
from amparo.pack import loader
from amparo.world.fields import linkage_fields
from amparo.world.seeds import REPORT_SEED

_TODAY = date(2025, 6, 1)
_TABLES = loader.load(Path(__file__).parent.parent / "packs" / "peru").names
_SECRET, _OTHER_SECRET = bytes(range(32)), bytes(range(32, 64))
_NEIGHBOURS = 12
_KNOWN = 10
_UNHARDENED = Parameters(diffusion=1)


def measure(people: int, seed: int) -> dict[str, float]:
    """The share of records named rightly, by attack and construction."""
    records = _one_of_each(people, seed)
    hardened, plain = Encoder(_SECRET, _TABLES), Encoder(_SECRET, _TABLES, _UNHARDENED)
    half = records[: len(records) // 2], records[len(records) // 4 : len(records) * 3 // 4]
    return {
        "records": len(records),
        "frequency_surname_alone": _by_frequency([fold.loose(record.surname1) for record in records]),
        "frequency_hardened": _by_frequency([hardened.encode(record).name for record in records], _names(records)),
        "known_pairs_bloom_filter": _by_known_pairs(records, plain),
        "known_pairs_hardened": _by_known_pairs(records, hardened),
        "graph_bloom_filter": _by_graph(records, records, _UNHARDENED, _neighbours),
        "graph_hardened": _by_graph(records, records, Parameters(), _neighbours),
        "graph_bloom_filter_half_overlap": _by_graph(*half, _UNHARDENED, _neighbours),
        "graph_hardened_half_overlap": _by_graph(*half, Parameters(), _neighbours),
        "tokens_hardened": _by_graph(records, records, Parameters(), _shared_tokens),
        "tokens_hardened_half_overlap": _by_graph(*half, Parameters(), _shared_tokens),
    }


def _one_of_each(people: int, seed: int) -> list[Fields]:
    """One named record of each person, with names and birth only: what a public list holds."""
    first: dict[int, Fields] = {}
    for fields, person in linkage_fields(people, seed, _TODAY):
        if facts(fields, _TABLES).words:
            first.setdefault(person, replace(fields, doc_number="", event_place="", origin=""))
    return list(first.values())


def _names(records: Iterable[Fields]) -> list[frozenset[tuple[str, str]]]:
    return [frozenset(facts(record, _TABLES).words) for record in records]


def _by_frequency(encoded: Sequence[Hashable], names: Sequence[Hashable] | None = None) -> float:
    """Align encodings and names by how often each occurs. Whatever occurs once cannot be told apart by it."""
    names = names or encoded
    ranked = [[value for value, count in Counter(values).most_common() if count > 1] for values in (encoded, names)]
    guess = dict(zip(*ranked, strict=False))
    return _share(guess.get(code) == name for code, name in zip(encoded, names, strict=True))


def _by_known_pairs(records: Sequence[Fields], encoder: Encoder) -> float:
    """Learn the bits of each bigram from records known by name, then name the others by the bits they have."""
    grams = [_bigrams(record) for record in records]
    codes = [encoder.encode(record).name or 0 for record in records]
    known = range(0, len(records), _KNOWN)
    everything = (1 << BITS) - 1
    learnt: dict[str, int] = {}
    for at in known:
        for gram in grams[at]:
            learnt[gram] = learnt.get(gram, everything) & codes[at]
    right = []
    for at in range(len(records)):
        if at % _KNOWN:
            best = max(range(len(records)), key=lambda other: (_explained(grams[other], codes[at], learnt), -other))
            right.append(grams[best] == grams[at])
    return _share(right)


def _explained(grams: frozenset[str], code: int, learnt: dict[str, int]) -> float:
    """How much of a name is borne out by the bits of an encoding, less what of it is contradicted."""
    told = [learnt[gram] for gram in grams if gram in learnt]
    borne = sum(bits & code == bits for bits in told)
    return borne - 3 * (len(told) - borne)


def _bigrams(record: Fields) -> frozenset[str]:
    words = [loose for _, loose in facts(record, _TABLES).words]
    return frozenset(f"_{word}_"[at : at + 2] for word in words for at in range(len(word) + 1))


def _by_graph(
    records: Sequence[Fields],
    listed: Sequence[Fields],
    parameters: Parameters,
    shape: Callable[[Sequence[Encoding]], list[tuple[float, ...]]],
) -> float:
    """Match each record to the listed person whose place among the others is most like its own; one each.

    The list is in an order of its own, so that ties are settled by luck.
    """
    listed = sorted(listed, key=lambda record: hashlib.sha256(record.record_id.encode()).digest())
    target = shape(list(map(Encoder(_SECRET, _TABLES, parameters).encode, records)))
    own = shape(list(map(Encoder(_OTHER_SECRET, _TABLES, parameters).encode, listed)))
    distances = sorted(
        (sum(abs(x - y) for x, y in zip(one, other, strict=True)), at, place)
        for at, one in enumerate(target)
        for place, other in enumerate(own)
    )
    guess: dict[int, int] = {}
    taken: set[int] = set()
    for _, at, place in distances:
        if at not in guess and place not in taken:
            guess[at] = place
            taken.add(place)
    right = [records[at].record_id == listed[place].record_id for at, place in guess.items()]
    return round(sum(right) / len(records), 4)


def _neighbours(encodings: Sequence[Encoding]) -> list[tuple[float, ...]]:
    """For each record the likenesses to its nearest others, and to all on average."""
    names = [encoding.name or 0 for encoding in encodings]
    shapes = []
    for at, one in enumerate(names):
        alike = sorted((likeness(one, other, BITS) for place, other in enumerate(names) if place != at), reverse=True)
        shapes.append((*alike[:_NEIGHBOURS], sum(alike) / len(alike)))
    return shapes


def _shared_tokens(encodings: Sequence[Encoding]) -> list[tuple[float, ...]]:
    """For each record how many others share each of its tokens, the most shared first."""
    counts = Counter(token for encoding in encodings for token in (*encoding.trios, *encoding.ages, encoding.born))
    shapes = []
    for encoding in encodings:
        trios, ages = (
            sorted((counts[token] for token in kind), reverse=True) for kind in (encoding.trios, encoding.ages)
        )
        shapes.append((*_padded(trios, 4), *_padded(ages, 12), counts[encoding.born] if encoding.born else 0))
    return shapes


def _padded(counts: list[int], places: int) -> list[int]:
    return counts + [0] * (places - len(counts))


def _share(right: Iterable[bool]) -> float:
    told = list(right)
    return round(sum(told) / max(len(told), 1), 4)


def main(arguments: Sequence[str]) -> int:
    """Attack and print one object per figure, as ``bench.run`` reads them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=REPORT_SEED)
    told = parser.parse_args(arguments)
    found = measure(told.people, told.seed)
    goals = {name: "≤ 0.01" for name in found if "hardened" in name and "tokens" not in name}
    print(
        json.dumps(
            [
                {
                    "figure": name,
                    "value": value,
                    "unit": "records" if name == "records" else "share named",
                    "goal": goals.get(name, ""),
                }
                for name, value in found.items()
            ]
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

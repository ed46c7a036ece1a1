"""Names as Peru writes them: two surnames, compound given names, peoples' own names beside the official one.

Shares of the twenty most frequent surnames follow RENIEC's published counts (Quispe 3.3 % of the country); the south
and the forest have their own tables, because a surname's weight as evidence depends on where one stands.
"""

from __future__ import annotations

from functools import cache
from random import Random

from amparo.world.draw import Deck, chance, table

_CLUSTERS: dict[str, tuple[tuple[str, float], ...]] = {
    "Loreto": (("loreto", 72), ("nacional", 22), ("awajun", 3), ("shipibo", 3)),
    "San Martín": (("loreto", 50), ("nacional", 48), ("awajun", 2)),
    "Ucayali": (("nacional", 45), ("loreto", 28), ("shipibo", 20), ("ashaninka", 7)),
    "Madre de Dios": (("nacional", 40), ("quechua", 42), ("harakbut", 14), ("loreto", 4)),
    "Cusco": (("quechua", 62), ("nacional", 33), ("ashaninka", 5)),
    "Puno": (("aimara", 52), ("quechua", 33), ("nacional", 15)),
    "Apurímac": (("quechua", 60), ("nacional", 40)),
    "Ayacucho": (("quechua", 55), ("nacional", 45)),
    "Huancavelica": (("quechua", 55), ("nacional", 45)),
    "Arequipa": (("nacional", 55), ("quechua", 28), ("aimara", 17)),
    "Junín": (("nacional", 62), ("quechua", 24), ("ashaninka", 14)),
    "Pasco": (("nacional", 66), ("quechua", 16), ("ashaninka", 18)),
    "Amazonas": (("nacional", 55), ("awajun", 45)),
}
_ELSEWHERE: tuple[tuple[str, float], ...] = (("nacional", 88), ("quechua", 8), ("loreto", 4))

PEOPLES = ("quechua", "shipibo", "awajun", "ashaninka")
"""Peoples whose given names the world knows."""

_BEFORE_MODERN = 1985


@cache
def _surnames() -> dict[str, Deck[str]]:
    by_cluster: dict[str, list[tuple[str, float]]] = {}
    for row in table("surnames"):
        by_cluster.setdefault(row["cluster"], []).append((row["surname"], float(row["weight"])))
    return {cluster: Deck(pairs) for cluster, pairs in by_cluster.items()}


@cache
def _given() -> dict[tuple[str, str], Deck[str]]:
    by_kind: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for row in table("given"):
        by_kind.setdefault((row["sex"], row["kind"]), []).append((row["name"], float(row["weight"])))
    return {kind: Deck(pairs) for kind, pairs in by_kind.items()}


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    """Short forms by given name."""
    found: dict[str, tuple[str, ...]] = {}
    for row in table("nicknames"):
        found[row["name"]] = (*found.get(row["name"], ()), row["nickname"])
    return found


@cache
def _clusters(origin: str) -> Deck[str]:
    return Deck(((origin, 1),)) if origin in _surnames() else Deck(_CLUSTERS.get(origin, _ELSEWHERE))


def draw_cluster(rng: Random, origin: str) -> str:
    """The stock of surnames of somebody from a department of Peru or from a country."""
    return _clusters(origin).draw(rng)


def draw_surname(rng: Random, cluster: str) -> str:
    """One surname of a stock; a family of a people still carries a national surname now and then."""
    home = "nacional" if cluster in PEOPLES and chance(rng, 0.12) else cluster
    return _surnames()[home].draw(rng)


def draw_given(rng: Random, sex: str, born: int, *, like: str = "") -> tuple[str, ...]:
    """One to three given names of somebody born in that year; ``like`` fixes the first, as twins often share it."""
    count = 1 if chance(rng, 0.30) else 2
    count += chance(rng, 0.02)
    chosen: list[str] = [like] if like else []
    while len(chosen) < count or chosen == [like]:
        name = _given()[(sex, _kind(rng, born))].draw(rng)
        starts_with_particle = (name.startswith("De") and " " in name) or name.startswith("Del ")
        if name not in chosen and not (starts_with_particle and not chosen):
            chosen.append(name)
    return tuple(chosen)


def _kind(rng: Random, born: int) -> str:
    if chance(rng, 0.012):
        return "quechua"
    roll = rng.random()
    if born < _BEFORE_MODERN:
        return "classic" if roll < 0.86 else "modern" if roll < 0.94 else "anglo"
    return "classic" if roll < 0.46 else "modern" if roll < 0.74 else "anglo"


def draw_native(rng: Random, people: str, sex: str) -> str:
    """A name of one's own people, which stands beside the official one."""
    deck = _given()[(sex, people)]
    first, second = deck.draw(rng), deck.draw(rng)
    return first if first == second or chance(rng, 0.4) else f"{first} {second}"


ALIASES = Deck((
    ("Karina", 5), ("Dulce", 4), ("Luna", 5), ("La Flaca", 4), ("Kimberly", 4), ("Paloma", 3), ("Estrella", 4),
    ("Barbie", 3), ("La Charapita", 3), ("Yasmín", 4), ("Princesa", 2), ("La Chinita", 3), ("Sol", 2), ("Shakira", 1),
    ("Camila", 3), ("La Colorada", 2), ("Perla", 3), ("Mía", 3), ("La Selvática", 2), ("Nicol", 3), ("Brisa", 2),
    ("La Gringa", 1), ("Canela", 2), ("Melany", 3), ("La Pequeña", 2), ("Ámbar", 2), ("Lucero", 3), ("Jazmín", 3),
))  # fmt: skip
"""Names that exploiters make people use."""

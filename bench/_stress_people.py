"""Whom the rows are on: other names, other papers, more kin and more strangers of one name than the invented world."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from random import Random

from amparo.world import dni
from amparo.world.persons import DNI, NO_DOCUMENT, Document, Person
from amparo.world.registers.entry import Entry
from bench._linkage_quality import ADDED

_ONSETS = (
    "b", "c", "ch", "d", "f", "g", "gr", "h", "j", "k", "l", "ll", "m", "n", "ñ", "p", "qu", "r", "s", "t",
    "tr", "v", "y", "z",
)  # fmt: skip
_VOWELS = ("a", "e", "i", "o", "u")
_CODAS = ("", "", "", "n", "r", "s", "l")
_FOREIGN_SURNAMES = (
    "Rodríguez", "González", "Pérez", "Hernández", "García", "Martínez", "Rivas", "Contreras", "Colmenares",
    "Blanco", "Urdaneta", "Zambrano", "Guerrero", "Uzcátegui", "Villalobos", "Rincón", "Bracho", "Chirinos",
    "Quintero", "Cárdenas", "Restrepo", "Ospina", "Jaramillo", "Arango", "Valencia", "Mosquera", "Caicedo",
    "Palacios", "Murillo", "Cuesta", "Moreira", "Zambrano", "Cedeño", "Macías", "Vélez", "Intriago", "Chávez",
    "Guamán", "Yaguana", "Quezada", "Choque", "Mamani", "Condori", "Vargas", "Rojas", "Terrazas", "Suárez",
    "Justiniano", "Añez", "Roca", "Cuéllar", "Montaño", "Pedraza", "Cabrera", "Hinestroza",
)  # fmt: skip
_FOREIGN_GIVEN = {
    "F": (
        "Yuleisy", "Yusmary", "Génesis", "Wilmary", "Dayana", "Oriana", "Andreína", "Barbara", "Mariángel",
        "Yorgelis", "Adriana", "Paola", "Luisa", "Fernanda", "Maryuri", "Karolay", "Valentina", "Daniela",
        "Gabriela", "Nayeli", "Shirley", "Katherine", "Lizeth", "Carla", "Paulina", "Tatiana", "Yajaira",
        "Mayerlin",
    ),
    "M": (
        "Yorman", "Wilmer", "Jesús", "Deivi", "Yeferson", "Carlos", "Brayan", "Andrés", "Felipe", "Stiven",
        "Kleber", "Wilson", "Édison", "Jairo", "Alcides", "Limber", "Gustavo", "Yamil", "Ronald", "Leonel",
        "Óscar", "Darwin", "Elkin", "Duván",
    ),
}  # fmt: skip


def _word(rng: Random, syllables: int) -> str:
    said = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(syllables))
    return said.capitalize()


def _renamed(
    entries: list[Entry], surname: Callable[[str], str], given: Callable[[str, str], str] | None
) -> list[Entry]:
    """The entries with every name exchanged for another, the same for the same: kin and namesakes stay what they are.

    Where two names of one person are exchanged for the same, the second is left out.
    """
    known: dict[Person, Person] = {}

    def other(person: Person) -> Person:
        called = person.given if given is None else tuple(given(name, person.sex) for name in person.given)
        return replace(
            person,
            given=tuple(dict.fromkeys(called)),
            surname1=surname(person.surname1),
            surname2=surname(person.surname2) if person.surname2 else "",
            native_name="",
        )

    return [_on(entry, known.setdefault(entry.person, other(entry.person))) for entry in entries]


def _drawn_once(draw: Callable[[Random], str], seed: str) -> Callable[..., str]:
    """For each name always the same other one, drawn by the name itself."""
    return lambda *name: draw(Random(f"{seed}/{'/'.join(name)}"))


def unseen_names(entries: list[Entry], _: Random) -> list[Entry]:
    """Surnames and given names that no table lists, as frequent as those they stand for."""
    surname = _drawn_once(lambda rng: _word(rng, rng.choice((2, 3, 3))), "surname")
    return _renamed(entries, surname, _drawn_once(lambda rng: _word(rng, rng.choice((2, 3))), "given"))


def few_surnames(entries: list[Entry], _: Random) -> list[Entry]:
    """A place where everybody bears one of forty surnames."""
    stock = [_word(Random(f"few/{number}"), 2) for number in range(40)]
    return _renamed(entries, _drawn_once(lambda rng: rng.choice(stock), "few"), None)


def few_given_names(entries: list[Entry], _: Random) -> list[Entry]:
    """A generation that was given one of sixteen names."""
    stock = {sex: names[:16] for sex, names in _FOREIGN_GIVEN.items()}

    def one_of(name: str, sex: str) -> str:
        return Random(f"few/{name}").choice(stock[sex])

    return _renamed(entries, lambda name: name, one_of)


def foreigners(entries: list[Entry], _: Random) -> list[Entry]:
    """People of the neighbouring countries under those countries' names and papers, a third of them with none."""
    surname = _drawn_once(lambda rng: rng.choice(_FOREIGN_SURNAMES), "foreign")
    renamed = _renamed(entries, surname, lambda name, sex: Random(f"f/{name}").choice(_FOREIGN_GIVEN[sex]))
    return [_on(entry, _with_foreign_paper(entry.person)) for entry in renamed]


def _with_foreign_paper(person: Person) -> Person:
    rng = Random(f"paper/{person.number}")
    country = rng.choice(("VEN", "VEN", "COL", "ECU", "BOL"))
    kinds = (("CE", "00", 7), ("PTP", "00", 7), ("PAS", country[0], 8), ("CIE", "", 8))
    kind, start, digits = rng.choice(kinds)
    paper = Document(kind, f"{start}{rng.randrange(10 ** (digits - 1), 10**digits)}")
    return replace(person, nationality=country, document=NO_DOCUMENT if rng.random() < 1 / 3 else paper)


def _by_person(entries: Iterable[Entry]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.person.number].append(entry)
    return found


_Other = Callable[[Person, Random], Person]


def _with_kin(entries: list[Entry], rng: Random, share: float, other: _Other) -> list[Entry]:
    """The entries with a second person beside some, seen wherever she was, or half the time once less."""
    found = list(entries)
    for own in _by_person(entries).values():
        if rng.random() >= share:
            continue
        kin = replace(other(own[0].person, rng), number=ADDED + own[0].person.number)
        seen = own if len(own) == 1 or rng.random() < 0.5 else own[:-1]
        found.extend(replace(_on(entry, kin), key=(*entry.key, "kin")) for entry in seen)
    return found


def _twin(person: Person, rng: Random) -> Person:
    first = person.given[0] if rng.random() < 0.35 else rng.choice(_FOREIGN_GIVEN[person.sex])
    given = (first, rng.choice(_FOREIGN_GIVEN[person.sex]))
    number = person.document.number
    following = f"{int(number) + 1:0{len(number)}d}" if number.isdigit() else number
    return replace(person, given=given, document=replace(person.document, number=following), alias="")


def _sister(person: Person, rng: Random) -> Person:
    first = person.given[0] if rng.random() < 0.15 else rng.choice(_FOREIGN_GIVEN[person.sex])
    born = person.born - timedelta(days=rng.randrange(330, 1800))
    given = (first, rng.choice(_FOREIGN_GIVEN[person.sex]))
    return replace(person, given=given, born=born, document=_own_number(person, rng), alias="", false_document=None)


def _namesake(person: Person, rng: Random) -> Person:
    born = person.born + timedelta(days=rng.randrange(-900, 900))
    return replace(person, born=born, document=_own_number(person, rng), alias="", false_document=None)


def _own_number(person: Person, rng: Random) -> Document:
    if not person.document.number:
        return person.document
    if person.document.kind != DNI:
        return replace(person.document, number=f"{person.document.number[:2]}{rng.randrange(10**6, 10**7)}")
    low, high = dni.series(person.born.year)
    return Document(DNI, f"{rng.randint(low, high):08d}")


def twins(entries: list[Entry], rng: Random) -> list[Entry]:
    """A twin for one person in twenty, rescued with her."""
    return _with_kin(entries, rng, 0.05, _twin)


def siblings(entries: list[Entry], rng: Random) -> list[Entry]:
    """A sibling one to five years older for one person in ten, rescued with her."""
    return _with_kin(entries, rng, 0.10, _sister)


def namesakes(entries: list[Entry], rng: Random) -> list[Entry]:
    """A stranger of one name and like age for one person in twenty, found at another rescue."""
    written = _by_person(entries)
    named = [own[0].person for own in written.values()]
    found = list(entries)
    for number, own in list(written.items()):
        if rng.random() < 0.05:
            like = rng.choice(named)
            stranger = replace(_namesake(like, rng), number=ADDED + number, origin=own[0].person.origin)
            found.extend(replace(_on(entry, stranger), key=(*entry.key, "like")) for entry in own)
    return found


def with_guardians_documents(entries: list[Entry], _: Random) -> list[Entry]:
    """Every child under the number of the adult who answers for her, siblings under one."""
    return [_on(entry, _under_guardian(entry.person)) for entry in entries]


def _under_guardian(person: Person) -> Person:
    guardian = person.guardian
    return replace(person, document=Document(DNI, guardian.dni)) if guardian and guardian.dni else person


def known_everywhere(entries: list[Entry], _: Random) -> list[Entry]:
    """Whoever is written anywhere is written a second time by another institution of the same kind."""
    return [*entries, *(replace(entry, key=(*entry.key, "again")) for entry in entries)]


def written_twice(share: float) -> Callable[[list[Entry], Random], list[Entry]]:
    """So many rows were written a second time by the same institution, typed anew."""
    return lambda entries, rng: [
        *entries,
        *(replace(entry, key=(*entry.key, "bis")) for entry in entries if rng.random() < share),
    ]


def _on(entry: Entry, person: Person) -> Entry:
    return replace(entry, journey=replace(entry.journey, person=person))

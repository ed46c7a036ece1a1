"""How one word comes to be written in two ways: by ear, by habit of the place, and by slips of the finger.

Every function takes a word and a random stream and returns a word; it never empties one, and returns it unchanged
where its class of error does not apply. They are deliberately not the folding classes of the linkage engine written
backwards: a few errors here have no class there, as in life.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

Misspelling = Callable[[str, Random], str]

_NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "kñ", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x", "ñ": "ln",
}  # fmt: skip


def without_accents(text: str, *, keep_enye: bool = True) -> str:
    """Accents and diaereses dropped; the letter ñ kept, or written as n."""
    if text.isascii():
        return text
    kept = text.replace("ñ", "\0").replace("Ñ", "\1") if keep_enye else text
    bare = "".join(sign for sign in unicodedata.normalize("NFD", kept) if not unicodedata.combining(sign))
    return bare.replace("\0", "ñ").replace("\1", "Ñ")


def _like(model: str, word: str) -> str:
    """The word with the capital of another."""
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _one_of(pattern: str, other: dict[str, str]) -> Misspelling:
    """An error that writes one occurrence of a spelling as another."""
    compiled = re.compile(pattern, re.IGNORECASE)

    def apply(word: str, rng: Random) -> str:
        found = list(compiled.finditer(word))
        if not found:
            return word
        match = rng.choice(found)
        written = word[: match.start()] + other[match[0].lower()] + word[match.end() :]
        return _like(word, written) if written else word

    return apply


b_or_v = _one_of("[bv]", {"b": "v", "v": "b"})
s_or_z = _one_of("s|z|c(?=[ei])", {"s": "z", "z": "s", "c": "s"})
ll_or_y = _one_of("ll|y(?=[aeiou])", {"ll": "y", "y": "ll"})
i_or_y = _one_of("^y(?=[^aeiou])|^i(?=[^aeiou])|(?<=[aeo])y(?![aeiou])|(?<=[aeo])i", {"y": "i", "i": "y"})
k_or_qu = _one_of("qu(?=[ei])|cc|q(?=o)|c(?=[aou])|k", {"qu": "k", "cc": "c", "q": "c", "c": "k", "k": "c"})
hua_or_gua = _one_of("hua|gua|wa", {"hua": "gua", "gua": "hua", "wa": "hua"})
j_or_g = _one_of("j(?=[ei])|g(?=[ei])", {"j": "g", "g": "j"})
x_or_j = _one_of("x", {"x": "j"})
mute_h = _one_of("(?<![csp])h(?=[aeiou])(?!ua)", {"h": ""})
single_consonant = _one_of("nn|ss|tt|rr|mm|ff|pp", {d: d[0] for d in ("nn", "ss", "tt", "rr", "mm", "ff", "pp")})
three_vowels = _one_of("o|u|e|i", {"o": "u", "u": "o", "e": "i", "i": "e"})
n_before_b = _one_of("m(?=[bp])", {"m": "n"})
n_for_enye = _one_of("ñ", {"ñ": "n"})
ni_for_enye = _one_of("ñ", {"ñ": "ni"})
sh_or_ch = _one_of("sh|th", {"sh": "ch", "th": "t"})
anglo_j = _one_of("^jh|^j(?=[aeo])|^yh|^y(?=[aeo])", {"jh": "J", "j": "Jh", "yh": "Y", "y": "Jh"})
final_s = _one_of("(?<=[aeo])[sz]$", {"s": "", "z": ""})


def no_apostrophe(word: str, rng: Random) -> str:
    """The sign of a glottal or aspirated sound left out: T'ito, Tito."""
    del rng
    return word.replace("'", "", 1) or word


def swapped_letters(word: str, rng: Random) -> str:
    """Two neighbouring letters in the wrong order; the first letter stays."""
    if len(word) < 4:
        return word
    at = rng.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def missing_letter(word: str, rng: Random) -> str:
    """One letter left out; the first stays, and so does every word of two letters."""
    if len(word) < 4:
        return word
    at = rng.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def doubled_letter(word: str, rng: Random) -> str:
    """One letter written twice."""
    at = rng.randrange(len(word)) if word else 0
    return word[:at] + word[at : at + 1].lower() + word[at:] if at else word


def neighbouring_key(word: str, rng: Random) -> str:
    """One letter that is the next one on the keyboard."""
    at = rng.randrange(len(word)) if word else 0
    other = _NEIGHBOURS.get(word[at : at + 1].lower(), "") if at else ""
    return word[:at] + rng.choice(other) + word[at + 1 :] if other else word


BY_EAR: tuple[Misspelling, ...] = (
    b_or_v, s_or_z, ll_or_y, i_or_y, k_or_qu, hua_or_gua, j_or_g, x_or_j, mute_h, single_consonant, three_vowels,
    n_before_b, n_for_enye, ni_for_enye, sh_or_ch, anglo_j, no_apostrophe, final_s,
)  # fmt: skip
BY_HAND: tuple[Misspelling, ...] = (swapped_letters, missing_letter, doubled_letter, neighbouring_key)


def by_ear(word: str, rng: Random) -> str:
    """The word as somebody hears it who does not know how the family writes it."""
    return _first_that_changes(word, rng, BY_EAR, tries=8)


def by_hand(word: str, rng: Random) -> str:
    """The word with one slip of the finger."""
    return _first_that_changes(word, rng, BY_HAND, tries=3)


def _first_that_changes(word: str, rng: Random, errors: tuple[Misspelling, ...], *, tries: int) -> str:
    for _ in range(tries):
        written = rng.choice(errors)(word, rng)
        if written != word:
            return written
    return word


_PARTICLE = re.compile(r"^(de las?|de los|del|de|la|las|los|san|santa)\s+(?=\S)", re.IGNORECASE)


def particle_joined(surname: str) -> str:
    """De la Cruz, Delacruz."""
    return surname.replace(" ", "").capitalize() if _PARTICLE.match(surname) else surname


def particle_dropped(surname: str) -> str:
    """De la Cruz, Cruz."""
    return _PARTICLE.sub("", surname)


def particle_shortened(surname: str) -> str:
    """De la Cruz, La Cruz; the particle ``de`` left out and the article kept."""
    return re.sub(r"^de (?=las? |los )", "", surname, flags=re.IGNORECASE).capitalize() if " " in surname else surname


ABBREVIATIONS = {"María": "Ma.", "Francisco": "Fco.", "Francisca": "Fca.", "Santa": "Sta.", "José": "J.", "Juan": "J."}
"""Given names as clerks shorten them."""


def transposed_digits(number: str, rng: Random) -> str:
    """Two different neighbouring digits swapped; a number without such a pair stays."""
    places = [at for at in range(len(number) - 1) if number[at] != number[at + 1]]
    if not places:
        return number
    at = rng.choice(places)
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def wrong_digit(number: str, rng: Random) -> str:
    """One digit mistyped; a number without digits stays."""
    places = [at for at, sign in enumerate(number) if sign.isdigit()]
    if not places:
        return number
    at = rng.choice(places)
    return number[:at] + str((int(number[at]) + rng.randrange(1, 10)) % 10) + number[at + 1 :]

"""What lists show instead of a name. Pure."""

from __future__ import annotations

from amparo.engines.linkage.fields import Fields

# Particles stay with the surname, so a reader expects the letter of the word behind them.
_PARTICLES = frozenset({"DE", "DEL", "LA", "LAS", "LOS", "Y", "E", "SAN", "SANTA"})
_LONGEST = 5


def initials(fields: Fields) -> str:
    """The first letters of given names and surnames, such as ``M. E. Q. C.`` for María Elena Quispe de la Cruz.

    Empty where no name is known; at most five letters, because a rare sequence would tell more than it should.
    """
    words = f"{fields.given} {fields.surname1} {fields.surname2}".upper().split()
    letters = [word[0] for word in words if word not in _PARTICLES and word[0].isalpha()]
    return " ".join(f"{letter}." for letter in letters[:_LONGEST])

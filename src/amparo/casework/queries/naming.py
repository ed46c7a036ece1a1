"""What is needed to keep a name that is under reserve out of texts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from uuid import UUID

from amparo.casework.rules import hiding_names
from amparo.registries.queries import identities


def hiding(members: Collection[UUID]) -> Callable[[str], str]:
    """What takes the names of the person of these records out of a text."""
    words = hiding_names.words_of(known.fields for known in identities.of_records(members).values())
    return lambda text: hiding_names.without(text, words)

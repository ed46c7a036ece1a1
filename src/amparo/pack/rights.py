"""What the law gives the person: on which ground data are used, how consent is told, and by when she is answered.

Each class is one entry of ``rights.yaml``, immutable once read. Every number names its article; what nobody has read
in the text of the law is ``verified: false`` and is shown so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import Field

from amparo.pack.definitions import Labelled, Truth


class Basis(Labelled):
    """A ground in law on which units use a person's data; ``consent`` where that ground is her own consent."""

    article: str
    consent: Truth = False
    units: tuple[str, ...]


class Term(Labelled):
    """By when something is owed: working days of the country, or hours that run day and night."""

    article: str = ""
    working_days: int | None = Field(default=None, ge=1)
    hours: int | None = Field(default=None, ge=1)


class ConsentTerms(Labelled):
    """How a type of event tells consent: which of its fields says what, and what the codes in them mean.

    ``code`` is that of the type. ``gives``, ``ends`` and ``confirms`` are codes of the field ``decision``. ``enough``
    are the forms that suffice for sensitive data. ``follow_up`` are the purposes for which a thread may be read.
    ``recipients`` says which units a purpose means where no recipient is named; other purposes mean the writer's own.
    A representative's consent counts only once a unit of ``confirmed_by`` has confirmed who she is: a guardian may be
    the trafficker.
    """

    decision: str
    purpose: str
    recipient: str
    compartments: str
    until: str
    form: str
    giver: str
    gives: tuple[str, ...]
    ends: tuple[str, ...]
    confirms: tuple[str, ...]
    confirmed_by: tuple[str, ...]
    enough: tuple[str, ...]
    by_representative: tuple[str, ...]
    by_state: tuple[str, ...]
    implied: tuple[str, ...]
    follow_up: tuple[str, ...]
    recipients: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    article: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the event that are read."""
        named = (self.decision, self.purpose, self.recipient, self.compartments, self.until, self.form, self.giver)
        return named


class Withheld(Labelled):
    """Readings that a person's own report leaves out while an investigation is sealed.

    Those of ``roles``, and those of anybody for one of ``purposes``, until an event ``released_by`` of hers has one of
    ``values`` in the field ``field``.
    """

    roles: tuple[str, ...]
    purposes: tuple[str, ...] = ()
    released_by: str
    field: str
    values: tuple[str, ...]
    article: str = ""


@dataclass(frozen=True, slots=True)
class Rights:
    """All of ``rights.yaml`` by code."""

    bases: Mapping[str, Basis] = field(default_factory=dict)
    requests: Mapping[str, Term] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    consents: Mapping[str, ConsentTerms] = field(default_factory=dict)
    withheld: Mapping[str, Withheld] = field(default_factory=dict)

    def basis_of(self, unit: str) -> Basis | None:
        """The ground on which a unit works; ``None`` where the pack names none."""
        return next((basis for basis in self.bases.values() if unit in basis.units), None)

    def needs_consent(self, unit: str) -> bool:
        """Whether a unit sees what others wrote only with the person's consent; so it is where no ground is named."""
        basis = self.basis_of(unit)
        return basis is None or basis.consent

"""Who acts: a user in a role of an institution, with the language to answer in."""

from __future__ import annotations

from dataclasses import dataclass, field

from amparo.kernel.errors import Denied
from amparo.ledger.actions import Author


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or the machine itself, as every action and query sees them."""

    name: str
    institution: str = ""
    office: str = ""
    role: str = ""
    unit: str = ""
    # INEI codes of the departments the office answers for.
    departments: tuple[str, ...] = ()
    capabilities: frozenset[str] = frozenset()
    # "own_records", "own_region" or "all".
    scope: str = "own_records"
    compartments: frozenset[str] = field(default_factory=frozenset)
    language: str = "es"

    @property
    def author(self) -> Author:
        """As the ledger writes it down."""
        return Author(self.name, self.institution, self.role)

    def can(self, capability: str) -> bool:
        """Whether the role allows this kind of act at all."""
        return capability in self.capabilities

    def require(self, capability: str) -> None:
        """Raise ``Denied`` unless the role allows this kind of act."""
        if not self.can(capability):
            raise Denied("access.role", capability=capability)


MACHINE = Actor(name="amparo", role="machine", scope="all", capabilities=frozenset({"*"}))

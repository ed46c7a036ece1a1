"""Why a row was set aside, and what was noticed about one that was taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a code of ``registries.messages``, the column as the clerk knows it, and the value as typed.

    The value may be part of somebody's identity: it is sealed where it is kept and shown only to who handed it in.
    ``params`` fill the sentence and name nobody.
    """

    code: str
    column: str = ""
    value: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """A form that JSON can hold and :meth:`from_json` reads back."""
        return {"code": self.code, "column": self.column, "value": self.value, "params": dict(self.params)}

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> Reason:
        """Read what :meth:`to_json` wrote."""
        params = value.get("params")
        return cls(
            str(value["code"]),
            str(value.get("column", "")),
            str(value.get("value", "")),
            {str(key): str(item) for key, item in params.items()} if isinstance(params, Mapping) else {},
        )

    def open_part(self) -> dict[str, str]:
        """What may be stored in the clear: the code and the column."""
        return {"code": self.code, "column": self.column}

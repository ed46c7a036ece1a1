"""What linkage may know of one record.

A room that wants records compared turns its own rows into :class:`Fields`. Everything but ``record_id`` may be
empty: an empty field is no evidence, neither for nor against.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from amparo.kernel.dates import Approx


@dataclass(frozen=True, slots=True)
class Fields:
    """One institution's record of one human being, as far as linkage may see it.

    ``sex`` is ``"M"``, ``"F"`` or empty. ``origin`` and ``event_place`` are district codes of one single system (the
    caller has already converted the others); a longer code names a place inside the district that its first six
    digits give. ``references`` are numbers that other institutions know too, each as ``kind:number`` already
    normalised (``carpeta:…``, ``denuncia:…``, ``ficha_cem:…``). ``guardian_doc`` is the document of a companion.
    """

    record_id: str
    institution: str = ""
    registered_on: date | None = None
    given: str = ""
    surname1: str = ""
    surname2: str = ""
    alias: str = ""
    native_name: str = ""
    sex: str = ""
    birth: Approx | None = None
    doc_type: str = ""
    doc_number: str = ""
    nationality: str = ""
    origin: str = ""
    event_on: date | None = None
    event_place: str = ""
    references: frozenset[str] = frozenset()
    guardian_doc: str = ""

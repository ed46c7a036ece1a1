"""From a record to its encoding."""

from __future__ import annotations

import hmac

from amparo.engines.linkage import documents, fold
from amparo.engines.linkage.encoded import facts as what
from amparo.engines.linkage.encoded import parameters as made_with
from amparo.engines.linkage.encoded.clk import LongTermKeys
from amparo.engines.linkage.encoded.encoding import TOKEN_DIGITS, Encoding
from amparo.engines.linkage.encoded.secret import Keys
from amparo.engines.linkage.fields import Fields
from amparo.engines.linkage.names import NameTables

DEFAULT = made_with.Parameters()
_SHORTEST_WORD = 4


class Encoder:
    """Encodes records with one secret; the same record always to the same encoding, on every machine."""

    def __init__(self, secret: bytes, tables: NameTables, parameters: made_with.Parameters = DEFAULT) -> None:
        digest = made_with.digest(parameters, tables)
        keys = Keys(secret, digest)
        self.label = made_with.label(digest, keys.name)
        self._tables = tables
        self._names = LongTermKeys(keys, parameters)
        self._tokens = {kind: keys.of(kind) for kind in ("document", "born", "filling", *what.PLACES)}

    def encode(self, record: Fields) -> Encoding:
        """One record. What it does not tell stays empty: silence is no evidence, and it is seen to be silence."""
        told = what.facts(record, self._tables)
        return Encoding(
            record_id=record.record_id,
            institution=record.institution,
            registered_on=record.registered_on.isoformat() if record.registered_on else "",
            label=self.label,
            name=self._names.key(told.words, told.sex) if told.words else None,
            document=self._token("document", told.document) if told.document else "",
            born=self._token("born", told.born) if told.born else "",
            **{kind: self._filled(kind, getattr(told, kind), record.record_id) for kind in what.PLACES},
        )

    def _token(self, kind: str, text: str) -> str:
        return hmac.digest(self._tokens[kind], text.encode(), "sha256").hex()[:TOKEN_DIGITS]

    def _filled(self, kind: str, told: frozenset[str], record_id: str) -> frozenset[str]:
        """The tokens of one kind, filled up to their number with some that meet no others."""
        if not told:
            return frozenset()
        missing = range(what.PLACES[kind] - len(told))
        filling = (self._token("filling", f"{kind}|{number}|{record_id}") for number in missing)
        return frozenset([*(self._token(kind, text) for text in told), *filling])


def is_telling(record: Fields) -> bool:
    """Whether the record's own number, which is handed over as it is, holds its document or a word of its names."""
    number = documents.read(record.doc_type, record.doc_number)
    digits = "".join(letter for letter in record.record_id if letter.isalnum()).upper()
    if number is not None and len(number.number) >= _SHORTEST_WORD and number.number.lstrip("0") in digits:
        return True
    names = f"{record.given} {record.surname1} {record.surname2} {record.alias}"
    words = {word for word in fold.words(names) if len(word) >= _SHORTEST_WORD}
    return any(word in "".join(fold.words(record.record_id)) for word in words)

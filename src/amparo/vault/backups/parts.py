"""What is inside a backup: named parts of unknown length, one after the other, and an end that is told.

A part is its name and then pieces, each behind its length in four bytes; a length of zero ends a part, and a name of
length zero ends the backup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from amparo.kernel.errors import Invalid
from amparo.vault.backups.stream import Out

MANIFEST, CASES, VAULT = "manifest", "cases", "vault"
CHECKPOINTS, LEDGER_KEY = "checkpoints", "ledger-key"
_FIXED = (MANIFEST, CASES, VAULT, CHECKPOINTS, LEDGER_KEY)
_FILE = re.compile(r"files/[0-9a-f]{2}/[0-9a-f]{32}\.sealed")
_LONGEST_NAME, _LONGEST_PIECE = 200, 16 * 1024 * 1024


def write(out: Out, name: str, pieces: Iterable[bytes]) -> None:
    """Write one part."""
    _framed(out, name.encode("ascii"))
    for piece in pieces:
        if piece:
            _framed(out, piece)
    out.write(bytes(4))


def end(out: Out) -> None:
    """Write the end."""
    out.write(bytes(4))


def read(plain: Iterator[bytes]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each part with its pieces, which are read to their end before the next part. Ends only where the backup ends.

    Raises ``Invalid`` where names are unknown, twice or out of order, or something is missing or follows: the fixed
    parts come first, in their order, and then the sealed files in the order of their names.
    """
    source, expected, last = _Source(plain), list(_FIXED), ""
    while name := source.name():
        if expected:
            wrong = name != expected.pop(0)
        else:
            wrong = not _FILE.fullmatch(name) or name <= last
            last = name
        if wrong:
            raise Invalid("backup.damaged")
        pieces = source.pieces()
        yield name, pieces
        for _ in pieces:
            pass
    if expected or not source.is_at_end():
        raise Invalid("backup.damaged")


def _framed(out: Out, data: bytes) -> None:
    out.write(len(data).to_bytes(4, "big"))
    out.write(data)


class _Source:
    """Reads exact numbers of bytes out of chunks."""

    def __init__(self, plain: Iterator[bytes]) -> None:
        self._plain, self._held = plain, bytearray()

    def name(self) -> str:
        return self._take(self._length(_LONGEST_NAME)).decode("ascii", "replace")

    def pieces(self) -> Iterator[bytes]:
        while length := self._length(_LONGEST_PIECE):
            yield self._take(length)

    def is_at_end(self) -> bool:
        return not self._held and not any(self._plain)

    def _length(self, longest: int) -> int:
        length = int.from_bytes(self._take(4), "big")
        if length > longest:
            raise Invalid("backup.damaged")
        return length

    def _take(self, length: int) -> bytes:
        while len(self._held) < length:
            more = next(self._plain, None)
            if more is None:
                raise Invalid("backup.damaged")
            self._held += more
        taken = bytes(self._held[:length])
        del self._held[:length]
        return taken

"""How big and how strange a file may be before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for one delivery. Sizes are in bytes unless the name says otherwise."""

    size: int = 64 * _MEGABYTE
    # What a workbook may unpack to, its number of entries, and how many times bigger than packed it may be.
    unpacked: int = 400 * _MEGABYTE
    entries: int = 1_000
    ratio: int = 100
    # The child's address space, and its processor time for a small file.
    memory: int = 512 * _MEGABYTE
    cpu_seconds: int = 30
    # Characters in one line or one cell, cells in one row, rows in one file.
    line: int = 200_000
    cell: int = 32_767
    columns: int = 500
    rows: int = 1_000_000
    # So many rows without a value, one after the other, are not a table any more.
    empty_rows: int = 10_000
    # How deep a JSON document may be nested.
    depth: int = 12

    def cpu_seconds_for(self, size: int) -> int:
        """Processor time for a file of that size: a legitimate one takes less than a second per megabyte of text."""
        return self.cpu_seconds + 4 * size // _MEGABYTE

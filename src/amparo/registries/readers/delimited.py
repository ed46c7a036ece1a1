"""Tables in text files: which separator they use, and their rows."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from typing import BinaryIO

from amparo.kernel.errors import Invalid
from amparo.registries.readers import text
from amparo.registries.readers.headers import Header, Spec, locate
from amparo.registries.readers.limits import Limits

SEPARATORS = (";", ",", "\t", "|")


def rows(file: BinaryIO, encoding: text.Encoding, separator: str, limits: Limits) -> Iterator[list[str]]:
    """The rows of the table. A quotation mark that is never closed is refused (``file.open_quote``)."""
    csv.field_size_limit(limits.line)
    reader = csv.reader(text.lines(file, encoding, limits), delimiter=separator)
    try:
        yield from reader
    except csv.Error as error:
        raise Invalid("file.open_quote", line=reader.line_num) from error


def head(file: BinaryIO, encoding: text.Encoding, separator: str, limits: Limits, depth: int) -> list[list[str]]:
    """The first rows, as many as are searched for the header."""
    return list(itertools.islice(rows(file, encoding, separator, limits), depth))


def separator_of(
    file: BinaryIO, encoding: text.Encoding, spec: Spec, limits: Limits, depth: int
) -> tuple[str, Header | None, list[list[str]]]:
    """The separator with which most of the layout's columns are found, the header, and the first rows read with it.

    Where no column is found with any, the separator that cuts the rows most evenly into more than one cell.
    """
    best: tuple[int, int, str] = (-1, -1, ";")
    heads = {sign: head(file, encoding, sign, limits, depth) for sign in _used(file, encoding, limits, depth)}
    headers = {sign: locate(first, spec) for sign, first in heads.items()}
    for sign, first in heads.items():
        header = headers[sign]
        score = (header.found if header else 0, _evenness(first), sign)
        best = max(best, score, key=lambda item: item[:2])
    return best[2], headers.get(best[2]), heads.get(best[2], [])


def _used(file: BinaryIO, encoding: text.Encoding, limits: Limits, depth: int) -> list[str]:
    """The separators that occur in the first lines; all of them where none does, so that one column is a table too."""
    first = "".join(itertools.islice(text.lines(file, encoding, limits), depth))
    return [sign for sign in SEPARATORS if sign in first] or [SEPARATORS[0]]


def _evenness(first: list[list[str]]) -> int:
    """How many of the rows have the commonest number of cells, where that is more than one."""
    widths = [len(row) for row in first if len(row) > 1]
    return max((widths.count(width) for width in set(widths)), default=0)

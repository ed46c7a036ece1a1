"""What to answer when a file does not have the columns that its source should have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from amparo.kernel.errors import Invalid
from amparo.registries.readers.headers import Header, Spec, locate, recognise

Head = Sequence[Sequence[str]]


def refuse(
    header: Header | None,
    heads: Sequence[Head],
    spec: Spec,
    others: Sequence[Spec],
    *,
    sheets: Sequence[str] = (),
    sheet: str = "",
) -> NoReturn:
    """Say, in this order, that it is another institution's, that the sheet is wrong, what is missing, or that there is
    no header at all.

    ``heads`` are the first rows as each separator or sheet gives them.
    """
    own = max((_share(head, spec) for head in heads), default=0.0)
    other, share = _best_of(heads, others)
    if other and share > own:
        raise Invalid("file.other_institution", source=other, expected=spec.source)
    found = header.found if header else 0
    if header and found * 2 >= len(spec.required):
        raise Invalid("file.columns_missing", columns=list(header.missing), row=header.row)
    if sheets:
        raise Invalid("file.wrong_sheet", sheets=list(sheets), expected=sheet)
    raise Invalid("file.no_header", columns=sorted(spec.required))


def _share(head: Head, spec: Spec) -> float:
    header = locate(head, spec)
    return header.found / spec.columns if header else 0.0


def _best_of(heads: Sequence[Head], others: Sequence[Spec]) -> tuple[str, float]:
    best, share = "", 0.0
    for head in heads:
        source, found = recognise(head, others)
        if source and found > share:
            best, share = source, found
    return best, share

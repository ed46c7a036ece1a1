"""Which letters of two texts differ, so that a reader's eye goes straight to them."""

from __future__ import annotations

from difflib import SequenceMatcher

from amparo.interfaces.web.viewmodels.common import Segment

LONGEST = 400
"""Texts longer than this are marked whole, because comparing letters takes quadratic time."""


def differing(left: str, right: str) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Cut both texts into segments that are equal on both sides or differ; joined they give the texts back."""
    if left == right:
        return _whole(left, differs=False), _whole(right, differs=False)
    if not left or not right or max(len(left), len(right)) > LONGEST:
        return _whole(left, differs=True), _whole(right, differs=True)
    blocks = SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes()
    return (
        tuple(Segment(left[i:j], tag != "equal") for tag, i, j, _, _ in blocks if i < j),
        tuple(Segment(right[k:m], tag != "equal") for tag, _, _, k, m in blocks if k < m),
    )


def _whole(text: str, *, differs: bool) -> tuple[Segment, ...]:
    return (Segment(text, differs),) if text else ()

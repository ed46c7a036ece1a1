"""A note is read only if the right key has signed exactly what it says."""

from __future__ import annotations

import contextlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from amparo.ledger import notes
from amparo.ledger.notes import Checkpoint, Unsigned

KEY = Ed25519PrivateKey.from_private_bytes(b"7" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"8" * 32)
CHECKPOINT = Checkpoint("amparo/ledger", 12, b"r" * 32, "2026-11-20T15:00:00+00:00")


def test_a_signed_note_is_read_back() -> None:
    assert notes.read(notes.sign(CHECKPOINT, KEY), KEY.public_key()) == CHECKPOINT


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(Unsigned):
        notes.read(notes.sign(CHECKPOINT, OTHER), KEY.public_key())


@given(st.integers(0, 10**6), st.characters(codec="utf-8"))
def test_no_character_can_be_altered(place: int, character: str) -> None:
    note = notes.sign(CHECKPOINT, KEY)
    place %= len(note.rstrip())
    bent = note[:place] + character + note[place + 1 :]

    try:
        assert notes.read(bent, KEY.public_key()) == CHECKPOINT
    except Unsigned:
        assert bent != note


@given(st.text())
def test_any_text_is_either_a_note_or_refused(text: str) -> None:
    with contextlib.suppress(Unsigned):
        assert notes.parse(text).size >= 0

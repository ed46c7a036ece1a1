"""A backup opens whole and with its key, or not at all: whatever bit, chunk or part is touched."""

from __future__ import annotations

import io

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from amparo.kernel.errors import Invalid
from amparo.vault.backups import parts
from amparo.vault.backups.stream import Sealer, opened

KEY = X25519PrivateKey.generate()
CHUNK, SEALED, HEADER = 16, 32, 49
CONTENTS = st.binary(max_size=100)


def sealed(*pieces: bytes, key: X25519PrivateKey = KEY) -> bytes:
    out = io.BytesIO()
    sealer = Sealer(out, key.public_key(), CHUNK)
    for piece in pieces:
        sealer.write(piece)
    sealer.close()
    return out.getvalue()


def plain(data: bytes, key: X25519PrivateKey = KEY) -> bytes:
    return b"".join(opened(io.BytesIO(data), key, CHUNK))


def refused(data: bytes, key: X25519PrivateKey = KEY) -> str:
    """The code of the refusal."""
    with pytest.raises(Invalid) as error:
        plain(data, key)
    return error.value.code


@given(st.lists(CONTENTS, max_size=5))
def test_what_was_sealed_opens_however_it_was_handed_in(pieces: list[bytes]) -> None:
    data = sealed(*pieces)

    assert plain(data) == b"".join(pieces)
    assert all(piece not in data for piece in pieces if len(piece) > 8)


@given(CONTENTS, st.data())
def test_any_flipped_bit_is_refused(content: bytes, data: st.DataObject) -> None:
    whole = bytearray(sealed(content))
    place = data.draw(st.integers(0, len(whole) * 8 - 1))
    whole[place // 8] ^= 1 << place % 8

    refusals = {"backup.damaged", "backup.another_key", "backup.not_a_backup", "backup.unknown_version"}
    assert refused(bytes(whole)) in refusals


@given(CONTENTS, st.data())
def test_any_cut_and_anything_that_follows_is_refused(content: bytes, data: st.DataObject) -> None:
    whole = sealed(content)
    cut = data.draw(st.integers(0, len(whole) - 1))

    assert refused(whole[:cut]) in {"backup.damaged", "backup.not_a_backup", "backup.unknown_version"}
    assert refused(whole + data.draw(st.binary(min_size=1, max_size=2 * SEALED))) == "backup.damaged"


@given(st.binary(min_size=3 * CHUNK, max_size=6 * CHUNK), st.data())
def test_chunks_that_are_swapped_left_out_or_repeated_are_refused(content: bytes, data: st.DataObject) -> None:
    whole = sealed(content)
    chunks = [whole[start : start + SEALED] for start in range(HEADER, len(whole), SEALED)]
    others = data.draw(st.lists(st.sampled_from(chunks), max_size=len(chunks) + 2).filter(lambda some: some != chunks))

    assert refused(whole[:HEADER] + b"".join(others)) == "backup.damaged"


@given(st.binary(min_size=CHUNK + 1, max_size=4 * CHUNK), st.data())
def test_a_chunk_of_another_file_is_refused(content: bytes, data: st.DataObject) -> None:
    one, two = bytearray(sealed(content)), sealed(content)
    start = data.draw(st.sampled_from(range(HEADER, len(two), SEALED)))
    one[start : start + SEALED] = two[start : start + SEALED]

    assert refused(bytes(one)) == "backup.damaged"


@given(CONTENTS)
def test_another_key_is_refused(content: bytes) -> None:
    assert refused(sealed(content), X25519PrivateKey.generate()) == "backup.another_key"


def test_what_nobody_closed_is_refused() -> None:
    out = io.BytesIO()
    Sealer(out, KEY.public_key(), CHUNK).write(bytes(5 * CHUNK))

    assert refused(out.getvalue()) == "backup.damaged"


def framed(*names: str, end: bool = True) -> bytes:
    out = io.BytesIO()
    for name in names:
        parts.write(out, name, [name.encode(), b"", b"more"])
    if end:
        parts.end(out)
    return out.getvalue()


def taken(data: bytes, size: int = 7) -> dict[str, bytes]:
    chunks = (data[start : start + size] for start in range(0, len(data), size))
    return {name: b"".join(pieces) for name, pieces in parts.read(chunks)}


FIXED = ("manifest", "cases", "vault", "checkpoints", "ledger-key")
FILE = f"files/ab/{'ab' * 16}.sealed"


@given(st.integers(1, 400))
def test_parts_are_read_in_whatever_chunks_they_come(size: int) -> None:
    assert taken(framed(*FIXED, FILE), size) == {name: f"{name}more".encode() for name in (*FIXED, FILE)}


@given(st.integers(0, 10_000))
def test_parts_that_end_early_are_refused(place: int) -> None:
    whole = framed(*FIXED, FILE)

    with pytest.raises(Invalid, match="damaged"):
        taken(whole[: place % len(whole)])


@pytest.mark.parametrize(
    "names",
    [
        (),
        FIXED[:-1],
        ("cases", "manifest", *FIXED[2:]),
        (*FIXED, FILE, FILE),
        (*FIXED, "files/../../etc/passwd"),
        (*FIXED, f"/{FILE}"),
        (*FIXED, "keys/root.key"),
    ],
)
def test_parts_of_other_names_or_in_another_order_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(Invalid, match="damaged"):
        taken(framed(*names))

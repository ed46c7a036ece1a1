"""Time-stamps of checkpoints by an authority that neither we nor our partners run (RFC 3161).

``AMPARO_TSA_ROOTS_FILE`` holds the authority's root certificates in PEM; a stamp that they do not vouch for is not
kept. Which authorities a court accepts depends on the country.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.request import Request, urlopen

from cryptography import x509
from django.conf import settings
from rfc3161_client import TimestampRequestBuilder, VerificationError, VerifierBuilder, decode_timestamp_response

_TIMEOUT_SECONDS = 20
_MOST_BYTES = 64 * 1024


def stamp(note: str, size: int, address: str) -> Path:
    """Have a note stamped and keep the answer; returns its file.

    Raises ``OSError`` where the authority does not answer, or answers with something that is no good stamp of the note.
    """
    message = note.encode("utf-8")
    query = TimestampRequestBuilder().data(message).nonce(nonce=True).cert_request(cert_request=True).build()
    headers = {"Content-Type": "application/timestamp-query"}
    request = Request(address, data=query.as_bytes(), headers=headers, method="POST")  # noqa: S310
    with urlopen(request, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310
        reply = answer.read(_MOST_BYTES)
    builder = VerifierBuilder.from_request(query)
    for root in _roots():
        builder = builder.add_root_certificate(root)
    try:
        builder.build().verify_message(decode_timestamp_response(reply), message)
    except (VerificationError, ValueError) as error:
        raise OSError(f"not a good time-stamp: {error}") from error
    kept = file_of(size)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(reply)
    return kept


def file_of(size: int) -> Path:
    """Where the stamp of the checkpoint of so many entries is kept; ``openssl ts -verify`` reads it."""
    return Path(settings.DATA) / "ledger" / "timestamps" / f"{size}.tsr"


def _roots() -> list[x509.Certificate]:
    """The certificates that vouch for the authority; an ``OSError`` where none are set, so that nothing is trusted."""
    path = os.environ.get("AMPARO_TSA_ROOTS_FILE")
    if not path:
        raise OSError("AMPARO_TSA_ROOTS_FILE is not set")
    return x509.load_pem_x509_certificates(Path(path).read_bytes())

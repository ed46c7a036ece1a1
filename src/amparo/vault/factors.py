"""The secrets of users' second factors, sealed: a stolen database does not let anybody in."""

from __future__ import annotations

from base64 import b64decode, b64encode

from amparo.vault import cipher, keys

_PLACE = b"second factor"


def seal(secret: str) -> str:
    """Seal a secret for keeping in a column of text."""
    return b64encode(cipher.seal(secret.encode("utf-8"), keys.factor_key(), _PLACE)).decode("ascii")


def unseal(sealed: str) -> str:
    """Open what :func:`seal` made; raises :class:`~amparo.vault.cipher.Unreadable` for anything else."""
    return cipher.unseal(b64decode(sealed), keys.factor_key(), _PLACE).decode("utf-8")

"""A key service for tests: keeps its root to itself, counts what it is asked, and does not answer while it is down."""

from __future__ import annotations

import os

from amparo.vault import cipher
from amparo.vault.providers import KeysUnavailable, LocalKeys, Wrapped


class KeyService:
    """Stands where a hardware module would. One per process, like a session with such a module."""

    calls: int = 0
    down: bool = False

    def __init__(self) -> None:
        self._inside = LocalKeys([os.urandom(cipher.KEY_BYTES)])

    def newest(self) -> str:
        """The name of its only root."""
        self._answer()
        return self._inside.newest()

    def holds(self, root: str) -> bool:
        """Whether it is that root."""
        self._answer()
        return root == self._inside.newest()

    def wrap(self, key: bytes, place: bytes) -> Wrapped:
        """Wrap inside."""
        self._answer()
        return self._inside.wrap(key, place)

    def unwrap(self, wrapped: Wrapped, place: bytes) -> bytes:
        """Unwrap inside."""
        self._answer()
        return self._inside.unwrap(wrapped, place)

    def first(self, purpose: str) -> bytes:
        """Random, as later ones are: the service derives nothing."""
        return os.urandom(cipher.KEY_BYTES)

    def _answer(self) -> None:
        KeyService.calls += 1
        if KeyService.down:
            raise KeysUnavailable

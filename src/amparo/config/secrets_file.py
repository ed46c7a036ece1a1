"""A random secret kept in a file that only its owner can read, made at the first use."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret(folder: Path, name: str) -> str:
    """The secret ``name`` of this data folder, 43 URL-safe characters; made with mode 0600 if it is not there yet."""
    path = folder / "keys" / f"{name}.secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())
        _publish(temporary, path)
    return path.read_text(encoding="ascii")


def _publish(temporary: Path, path: Path) -> None:
    """Give the file its name unless another process was first; the first one wins, so both read the same secret."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()

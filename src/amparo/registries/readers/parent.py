"""Starting the child that reads a file, and listening to it."""

from __future__ import annotations

import contextlib
import fcntl
import io
import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import msgspec

import amparo
from amparo.kernel.errors import Invalid
from amparo.registries.readers.answers import Answer, Form, Opened

T = TypeVar("T")
_ENDED_BY = {
    -signal.SIGXCPU: "file.too_heavy",
    -signal.SIGKILL: "file.too_heavy",
    -signal.SIGSEGV: "file.unreadable",
}
# One line of the child holds a chunk of rows; a longer one means that it no longer speaks the agreed form.
_LONGEST_LINE = 256 * 1024 * 1024


@contextmanager
def held(content: BinaryIO) -> Iterator[tuple[BinaryIO, int]]:
    """The content as a file that a child can inherit, with its size; nothing of it gets a name on the disk."""
    try:
        status = os.fstat(content.fileno())
    except (OSError, AttributeError, ValueError):
        status = None
    if status is not None and stat.S_ISREG(status.st_mode):
        content.seek(0)
        yield content, status.st_size
        return
    with _nameless() as copy:
        for block in iter(lambda: content.read(1024 * 1024), b""):
            copy.write(block)
        copy.flush()
        size = copy.tell()
        copy.seek(0)
        yield copy, size


def _nameless() -> BinaryIO:
    """A file in memory where the system has such, else one on the disk that has lost its name already."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("delivery"), "w+b")
    return tempfile.TemporaryFile()


class _ByPosition(io.RawIOBase):
    """The same file read from its beginning by position, so that it does not disturb who else reads it."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._at = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read on from where this reader stands."""
        block = os.pread(self._descriptor, len(buffer), self._at)
        buffer[: len(block)] = block
        self._at += len(block)
        return len(block)


def again(file: BinaryIO) -> io.BufferedReader:
    """The content once more from its beginning, while the child reads it too."""
    return io.BufferedReader(_ByPosition(file.fileno()), 1024 * 1024)


@contextmanager
def opened(
    file: BinaryIO, size: int, task: dict[str, Any], form: Form[T]
) -> Iterator[tuple[Opened, Iterator[list[T]]]]:
    """How the child has read the file, and its rows in chunks, each of the form asked for.

    Both raise ``Invalid`` with the child's code, or with one that says how it came to its end.
    """
    answers = _answers(file, size, task, form)
    try:
        first = next(answers).opened
        if first is None:
            raise Invalid("file.unreadable", kind="form")
        yield first, (answer.rows for answer in answers if answer.rows)
    finally:
        answers.close()


def _answers(file: BinaryIO, size: int, task: dict[str, Any], form: Form[T]) -> Generator[Answer[T], None, None]:
    descriptor = os.dup(file.fileno())
    os.lseek(descriptor, 0, os.SEEK_SET)
    child = _start(descriptor)
    os.close(descriptor)
    _widen(child)
    try:
        _tell(child, task | {"descriptor": descriptor, "size": size})
        yield from _listen(child, form)
    finally:
        _end(child)


def _start(descriptor: int) -> subprocess.Popen[bytes]:
    """The child has an environment of its own: no setting, key or password of this process is in it.

    What this process keeps compiled is told it, since compiling anew would take longer than reading most files.
    """
    kept = sys.pycache_prefix
    compiled = {"PYTHONPYCACHEPREFIX": kept} if kept else {"PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(
        [sys.executable, "-P", "-s", "-m", "amparo.registries.readers.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=(descriptor,),
        cwd="/",
        env={
            "PYTHONPATH": str(Path(amparo.__file__).resolve().parents[1]),
            "PYTHONIOENCODING": "utf-8",
            "LANG": "C.UTF-8",
            **compiled,
        },
    )


def _widen(child: subprocess.Popen[bytes]) -> None:
    """Let the child write a whole chunk before it waits for the parent to read, where the system allows it."""
    if child.stdout is not None and hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):
            fcntl.fcntl(child.stdout.fileno(), fcntl.F_SETPIPE_SZ, 1024 * 1024)


def _tell(child: subprocess.Popen[bytes], task: dict[str, Any]) -> None:
    if child.stdin is None:
        raise AssertionError("the child was started with a pipe to its input")
    try:
        child.stdin.write(json.dumps(task).encode("utf-8") + b"\n")
        child.stdin.close()
    except BrokenPipeError as error:
        raise Invalid("file.unreadable", kind="start") from error


def _listen(child: subprocess.Popen[bytes], form: Form[T]) -> Iterator[Answer[T]]:
    if child.stdout is None:
        raise AssertionError("the child was started with a pipe from its output")
    while line := child.stdout.readline(_LONGEST_LINE):
        if not line.endswith(b"\n"):
            break
        try:
            answer = form.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Invalid("file.unreadable", kind="form") from error
        if answer.error is not None:
            raise Invalid(answer.error.code, **answer.error.params)
        yield answer
        if answer.end is not None:
            return
    raise Invalid(_ENDED_BY.get(child.wait(), "file.unreadable"))


def _end(child: subprocess.Popen[bytes]) -> None:
    """Leave no process and no pipe behind, also where the parent stopped listening halfway."""
    if child.poll() is None:
        child.kill()
    if child.stdout is not None:
        child.stdout.close()
    child.wait()

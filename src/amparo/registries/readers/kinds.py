"""What a file is by its content; its name and extension are never believed."""

from __future__ import annotations

from typing import BinaryIO

from amparo.kernel.errors import Invalid

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "image"),
    (b"\x1f\x8b", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"{\\rtf", "document"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"SQLite format 3", "database"),
)
# Kinds whose mark is long enough to be no accident, even where the rest looks like text.
_READABLE = frozenset({"pdf", "document", "database"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"


def kind_of(file: BinaryIO) -> str:
    """``csv``, ``xlsx`` or ``json``; any other content is refused with a code of its own.

    Leaves the file at its beginning. A ``zip`` is called ``xlsx`` here; whether it is a workbook is for its reader.
    """
    file.seek(0)
    start = file.read(4096)
    file.seek(0)
    if not start.strip(_BLANK):
        _refuse_nothing(file)
    if start.startswith(_OLE):
        raise Invalid(_inside_ole(file))
    if start.startswith(_ZIP):
        return "xlsx"
    for mark, kind in _STARTS:
        if start.startswith(mark) and (kind in _READABLE or not _is_text(start)):
            raise Invalid("file.not_a_table", kind=kind)
    return _text_kind(start)


def _refuse_nothing(file: BinaryIO) -> None:
    """A file without a single visible character is empty; one that only begins with much white space is not."""
    while block := file.read(65536):
        if block.strip(_BLANK):
            file.seek(0)
            return
    raise Invalid("file.empty")


def _inside_ole(file: BinaryIO) -> str:
    """The old container holds either a workbook of before 2007 or a modern one locked with a password."""
    content = file.read(2 * 1024 * 1024)
    file.seek(0)
    locked = "EncryptedPackage".encode("utf-16-le") in content
    return "file.password" if locked else "file.old_excel"


def _is_text(start: bytes) -> bool:
    """Whether the beginning reads like text, so that a column that happens to begin with ``BM`` is not an image."""
    controls = sum(byte < 9 or 13 < byte < 32 for byte in start)
    return controls == 0


def _text_kind(start: bytes) -> str:
    text = start
    if start.startswith(_UTF16):
        text = start.decode("utf-16", errors="ignore").encode()
    text = text.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!doctype html", b"<html", b"<table")):
        raise Invalid("file.web_page")
    if text.startswith((b"<?xml", b"<workbook", b"<ss:")):
        raise Invalid("file.not_a_table", kind="xml")
    return "json" if text.startswith((b"{", b"[")) else "csv"

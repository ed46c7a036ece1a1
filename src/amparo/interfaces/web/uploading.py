"""How a file that somebody sends is held until it is sealed: without its name, and never under a name on the disk."""

from __future__ import annotations

import os
import tempfile
from io import BytesIO
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

# What the rest of the program sees instead of the name, which may be somebody's.
NAME = "archivo"


class NamelessUpload(FileUploadHandler):
    """Keeps a file in memory that belongs to no path, or in a file that has lost its name already.

    Of a file above the limit only the size is kept: the form says so, and nothing else reads it.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with an empty file; the name that was sent is forgotten here."""
        super().new_file(*args, **kwargs)
        self.file_name = NAME
        self._held: IO[bytes] = _nameless()
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece, unless the file is too large already."""
        self._size += len(raw_data)
        if self._size <= settings.DELIVERY_MAX_BYTES:
            self._held.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        """The file from its beginning; one that is too large is empty but tells its size."""
        held = self._held
        if self._size > settings.DELIVERY_MAX_BYTES:
            held.close()
            held = BytesIO()
        held.seek(0)
        return UploadedFile(file=held, name=NAME, content_type="application/octet-stream", size=self._size)

    def upload_interrupted(self) -> None:
        """Let go of what came before the line broke."""
        self._held.close()


def _nameless() -> IO[bytes]:
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("upload"), "w+b")
    return tempfile.TemporaryFile()

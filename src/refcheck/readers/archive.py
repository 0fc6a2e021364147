"""Documents that are zip archives of XML: their parts, read with limits, because a few kilobytes can unpack to gigabytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field

LARGEST = 64_000_000
"""Bytes that are unpacked of one document, all parts together."""


class TooLargeError(Exception):
    """The parts of a document unpack to more than is read."""


@dataclass(slots=True)
class Archive:
    """An open archive, and how many bytes more are unpacked of it."""

    zip: zipfile.ZipFile
    left: int = field(default=LARGEST)

    @property
    def names(self) -> list[str]:
        """The names of the parts."""
        return self.zip.namelist()

    def text(self, name: str) -> str:
        """Return a part as text, or '' where it is not there or broken.

        Raises:
            TooLargeError: it is larger than what is left.
        """
        try:
            with self.zip.open(name) as part:
                data = part.read(self.left + 1)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
            return ""
        self.left -= len(data)
        if self.left < 0:
            raise TooLargeError(name)
        return data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", "replace")


def open_archive(data: bytes) -> Archive | None:
    """Return the archive, or None where the bytes are none that can be read."""
    try:
        return Archive(zipfile.ZipFile(io.BytesIO(data)))
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        return None

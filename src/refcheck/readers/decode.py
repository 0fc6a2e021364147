"""Bytes to text and back, so that what was not touched stays identical."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from pylatexenc.latexencode import unicode_to_latex

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PIECE = 1 << 20
MARKS = tuple(mark for mark, _ in _BOMS)


def encoding(data: bytes) -> str | None:
    """Return the encoding of a text: by its byte order mark, UTF-8 where it is valid, else CP1252 (which has Latin-1); None for neither."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name if _decodes(data, name) else None
    if b"\0" in data:
        return None
    return next((name for name in ("utf-8", "cp1252") if _decodes(data, name)), None)


def _decodes(data: bytes, name: str) -> bool:
    decoder, view = codecs.getincrementaldecoder(name)(), memoryview(data)
    try:  # piece by piece: a large file need not be in memory twice for this
        for at in range(0, len(data), _PIECE):
            decoder.decode(view[at : at + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def text(data: bytes) -> str | None:
    """Return the text of a file with its line ends and its byte order mark (U+FEFF) kept, or None for binary data."""
    name = encoding(data)
    return data.decode(name) if name else None


def back(new: str, name: str | None) -> bytes:
    """Return an edited text in the encoding that it came in; a character that it lacks is written as a LaTeX escape."""
    return b"".join(pieces(new, name))


def pieces(new: str, name: str | None) -> Iterator[bytes]:
    """Yield what `back` returns, piece by piece."""
    return (_encoded(new[at : at + _PIECE], name or "utf-8") for at in range(0, len(new), _PIECE))


def _encoded(text: str, name: str) -> bytes:
    try:
        return text.encode(name)
    except UnicodeEncodeError:
        return "".join(character if _fits(character, name) else unicode_to_latex(character) for character in text).encode(name, "replace")


def _fits(character: str, name: str) -> bool:
    try:
        character.encode(name)
    except UnicodeEncodeError:
        return False
    return True

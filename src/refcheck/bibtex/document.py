"""A BibTeX file as blocks that together are the whole text.

`scan` decides where a block ends and gives the exact place of everything inside; behind one that it finds broken, bibtexparser
says where the next entry of the same line begins.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from refcheck.bibtex import scan
from refcheck.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("bibtexparser").propagate = False
_PATIENCE = 20  # blocks that may be searched to the end of the file, in vain, for what would close them
_START = re.compile(r"@(?=(\w*[ \t]*[{(])|\s*[A-Za-z_])")  # with group 1, a block wherever it stands; else at the beginning of a line
_HEAD = re.compile(r"@(?=\s*[A-Za-z][\w+:.-]*\s*[{(])")
_STRING = re.compile(r"@\s*string\s*[{(]", re.IGNORECASE)
_BARE_COMMENT = re.compile(r"@comment\b(?!\s*[{(])", re.IGNORECASE)
_REST_OF_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the file. `kind`: entry, string, preamble, comment, text (between blocks) or broken."""

    kind: str
    span: Span
    entry: scan.RawEntry | None = None
    fault: scan.BrokenBlockError | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A BibTeX text and its blocks, in order, without gap or overlap."""

    text: str
    blocks: tuple[Block, ...]

    @property
    def entries(self) -> tuple[scan.RawEntry, ...]:
        """The entries that parse."""
        return tuple(b.entry for b in self.blocks if b.kind == "entry" and b.entry)


def parse(text: str) -> Document:
    """Split a BibTeX text into blocks; never raises, whatever the text."""
    return Document(text, tuple(blocks(text)))


def strings(text: str) -> Iterator[scan.RawEntry]:
    """Yield the @string blocks of a text, wherever they stand."""
    for match in _STRING.finditer(text):
        if match.start() == 0 or text[match.start() - 1] in "}\ufeff" or text[match.start() - 1].isspace():
            block = _block(text, match.start(), None)
            if block.entry:
                yield block.entry


def has_strings(text: str) -> bool:
    """Whether a text may define an @string."""
    return bool(_STRING.search(text))


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a BibTeX text one after the other, without gap or overlap; never raises, whatever the text."""
    position = unclosed = 0
    recovery = _Recovery(text)
    while (start := _start(text, position)) is not None:
        block = _block(text, start, recovery.after(start) if unclosed > _PATIENCE else None)
        if block.fault:
            unclosed += block.fault.unclosed
            block = Block("broken", Span(start, recovery.after(start)), fault=block.fault)
        if start > position:
            yield Block("text", Span(position, start))
        yield block
        position = block.span.end
    if position < len(text):
        yield Block("text", Span(position, len(text)))


def _start(text: str, position: int) -> int | None:
    """Return where the next block begins."""
    for match in _START.finditer(text, position):
        if match[1] or scan.begins_line(text, match.start()):
            return match.start()
    return None


def _block(text: str, start: int, end: int | None) -> Block:
    """Return the block at `start`; a broken one ends nowhere yet."""
    head = scan.HEAD.match(text, start)
    kind = head[1].lower() if head else ""
    try:
        if kind in {"comment", "preamble"}:
            return Block(kind, scan.bracketed(text, start, end))
        if _BARE_COMMENT.match(text, start):
            rest = _REST_OF_LINE.match(text, start)
            return Block("comment", Span(start, rest.end() if rest else len(text)))
        entry = scan.entry(text, start, end)
    except scan.BrokenBlockError as fault:
        return Block("broken", Span(start, start), fault=fault)
    return Block("string" if kind == "string" else "entry", entry.span, entry)


@dataclass(slots=True)
class _Recovery:
    """Where reading goes on behind a broken block: at the next line that opens a block, or where bibtexparser finds an entry before it."""

    text: str
    limit: int = 0
    entries: list[int] = field(default_factory=list)

    def after(self, start: int) -> int:
        """Return where the broken block ends that begins at `start`."""
        if start >= self.limit:
            self.limit = self._next_line(start)
            self.entries = list(self._entries(start))
        at = bisect_right(self.entries, start)
        return self.entries[at] if at < len(self.entries) else self.limit

    def _next_line(self, start: int) -> int:
        opening = next((m.start() for m in _HEAD.finditer(self.text, start + 1) if scan.begins_line(self.text, m.start())), None)
        if opening is None:
            return len(self.text)
        while self.text[opening - 1] in " \t":
            opening -= 1
        return opening

    def _entries(self, start: int) -> Iterator[int]:
        import bibtexparser  # noqa: PLC0415 - most files are sound, and need it never

        stretch, position = self.text[start : self.limit], 1
        for found in bibtexparser.parse_string(stretch, parse_stack=[]).blocks:
            at = stretch.find(found.raw, position) if isinstance(found, bibtexparser.model.Entry) and found.raw else -1
            if at >= 0:
                yield start + at
                position = at + 1

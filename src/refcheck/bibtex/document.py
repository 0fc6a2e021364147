"""A BibTeX file as blocks that together are the whole text.

bibtexparser finds the blocks and recovers from broken ones; `scan` gives the exact place of
everything inside them, and stands in where bibtexparser gives up on an entry that BibTeX reads
(an `@` at the start of a line inside a value; an escaped backslash before a closing brace).
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import bibtexparser

from refcheck.bibtex import scan
from refcheck.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("bibtexparser").propagate = False
_PATIENCE = 20  # broken blocks that may be searched to the end of the file for what would close them
_LINE_START = re.compile(r"^[ \t]*@(?=\s*[A-Za-z][\w+:.-]*\s*[{(])", re.MULTILINE)
_STRING = re.compile(r"(?:^|[\s}])(@\s*string\s*[{(])", re.IGNORECASE)
_BARE_COMMENT = re.compile(r"@comment\b(?!\s*[{(])", re.IGNORECASE)


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
        block = _block(text, match.end() - len(match[1]), match.end(), None)
        if block.entry:
            yield block.entry


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a BibTeX text one after the other, without gap or overlap; never raises, whatever the text."""
    position = unclosed = 0
    starts = _starts(text)
    for number, (start, recovery) in enumerate(starts):
        if start < position:
            continue
        following = starts[number + 1][0] if number + 1 < len(starts) else len(text)
        block = _block(text, start, recovery, following if unclosed > _PATIENCE else None)
        unclosed += block.kind == "broken"
        if start > position:
            yield Block("text", Span(position, start))
        yield block
        position = block.span.end
    if position < len(text):
        yield Block("text", Span(position, len(text)))


def _starts(text: str) -> list[tuple[int, int]]:
    """Return (offset of the @, where bibtexparser takes up again) of every block, in order.

    What begins a line like an entry is a block, too, where bibtexparser sees none.
    """
    found = {match.end() - 1: match.end() for match in _LINE_START.finditer(text)}
    position = 0
    for block in bibtexparser.parse_string(text, parse_stack=[]).blocks:
        raw = block.raw or ""
        if not raw.startswith("@"):
            continue
        start = text.find(raw, position)
        if start < 0:  # it normalises some line ends: take the block by its head
            start = text.find(raw.split("\n", 1)[0].rstrip(), position)
        if start >= 0:
            found[start] = start + max(len(raw), 1)
            position = start + 1
    return sorted(found.items())


def _block(text: str, start: int, recovery: int, end: int | None) -> Block:
    head = scan.HEAD.match(text, start)
    kind = head[1].lower() if head else ""
    try:
        if kind in {"comment", "preamble"}:
            return Block(kind, scan.bracketed(text, start))
        if _BARE_COMMENT.match(text, start):
            return Block("comment", Span(start, text.find("\n", start) + 1 or len(text)))
        entry = scan.entry(text, start, end)
    except scan.BrokenBlockError as fault:
        return Block("broken", Span(start, _recovered(text, start, max(recovery, start + 1))), fault=fault)
    return Block("string" if kind == "string" else "entry", entry.span, entry)


def _recovered(text: str, start: int, recovery: int) -> int:
    """Return where a broken block ends: before the next line that opens a block, else where bibtexparser took up again."""
    following = _LINE_START.search(text, start + 1)
    if following:
        return text.rfind("\n", start, following.end()) + 1
    return len(text) if recovery >= len(text.rstrip()) else recovery

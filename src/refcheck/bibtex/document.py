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
    blocks: list[Block] = []
    position = 0
    for start, recovery in _starts(text):
        if start < position:
            continue
        block = _block(text, start, recovery)
        if start > position:
            blocks.append(Block("text", Span(position, start)))
        blocks.append(block)
        position = block.span.end
    if position < len(text):
        blocks.append(Block("text", Span(position, len(text))))
    return Document(text, tuple(blocks))


def _starts(text: str) -> Iterator[tuple[int, int]]:
    """Yield (offset of the @, where bibtexparser takes up again) of every block it sees."""
    position = 0
    for block in bibtexparser.parse_string(text, parse_stack=[]).blocks:
        raw = block.raw or ""
        if not raw.startswith("@"):
            continue
        start = text.find(raw, position)
        if start < 0:  # it normalises some line ends: take the block by its head
            head = re.compile(re.escape(raw.split("\n", 1)[0].rstrip())).search(text, position)
            if not head:
                continue
            start = head.start()
        yield start, start + max(len(raw), 1)
        position = start + 1


def _block(text: str, start: int, recovery: int) -> Block:
    head = scan.HEAD.match(text, start)
    kind = head[1].lower() if head else ""
    try:
        if kind in {"comment", "preamble"}:
            return Block(kind, scan.bracketed(text, start))
        entry = scan.entry(text, start)
    except scan.BrokenBlockError as fault:
        return Block("broken", Span(start, _recovered(text, start, max(recovery, start + 1))), fault=fault)
    return Block("string" if kind == "string" else "entry", entry.span, entry)


def _recovered(text: str, start: int, recovery: int) -> int:
    """Return where a broken block ends: before the next line that opens a block, else where bibtexparser took up again."""
    following = re.compile(r"^[ \t]*@\s*\w+\s*[{(]", re.MULTILINE).search(text, start + 1)
    if following:
        return following.start()
    return len(text) if recovery >= len(text.rstrip()) else recovery

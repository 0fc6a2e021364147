"""Places in a document, and changes to it."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

BINARY_FORMATS = ("docx", "pdf")
FORMATS = (
    "bibtex", "prose", "markdown", "html", "rst", "latex", "csl-json", "csl-yaml", "ris", "endnote", "pubmed", "cff", *BINARY_FORMATS
)  # fmt: skip


class Span(NamedTuple):
    """A half-open range of character offsets in a source."""

    start: int
    end: int


class Position(NamedTuple):
    """A line and a column, both counted from 1; columns count code points."""

    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """A document: where it is from, its text as it stands, and the format it was read as."""

    path: str
    text: str
    format: str

    @cached_property
    def _line_starts(self) -> Sequence[int]:
        ends = re.compile(r"\r\n?|\n" if "\r" in self.text else "\n")  # a lone CR ends a line, too
        return array("Q", chain((0,), (match.end() for match in ends.finditer(self.text))))  # a long file has millions

    def position(self, offset: int) -> Position:
        """Return the line and column of an offset."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def slice(self, span: Span) -> str:
        """Return the text of a span."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters of a span by a text; an empty span inserts, an empty text deletes."""

    span: Span
    text: str

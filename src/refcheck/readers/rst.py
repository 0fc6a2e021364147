"""reStructuredText: citations, footnotes, and lists under a heading; the addresses of its links."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from refcheck.model.reference import Citation, Form
from refcheck.model.source import Span
from refcheck.prose import sections
from refcheck.readers import citations, extract
from refcheck.readers.extract import Extract, Hidden, Item
from refcheck.text import titles

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from refcheck.model.reference import Bibliography
    from refcheck.model.source import Source

_NOTE = re.compile(r"\.\. \[(#?[^\[\]\s]{1,60}|\*)\](?:\s+|$)")
_TARGET = re.compile(r"^\.\. _(?:`([^`\n]+)`|([^:\n`]+)):[ \t]+(\S+)[ \t]*$", re.MULTILINE)
_ANONYMOUS = re.compile(r"`[^`<>]+`__(?!\w)")
_ANONYMOUS_TARGET = re.compile(r"^(?:__|\.\. __:)[ \t]+(\S+)[ \t]*$", re.MULTILINE)
_UNDERLINE = re.compile(r"([=\-`:'\"~^_*+#<>.])\1{2,}\s*$")
_ITEM = re.compile(r"(?:[-*+•]|\(?(?:\d{1,3}|#)[.)])\s+")
_INLINE = re.compile(
    r"`(?P<text>[^`<>]*)<(?P<url>[^`<>\n]+)>`__?|`(?P<named>[^`<>\n]+)`__?(?!\w)|:[\w:+.-]+:`(?P<role>[^`\n]+)`|``(?P<literal>[^`\n]+)``|(?<![\w*])\*\*(?P<strong>[^*\n]+)\*\*|"
    r"(?<![\w`])(?P<word>[A-Za-z][\w.-]*[A-Za-z0-9])_(?!\w)|\\(?P<escaped>[^\s])|\|(?P<substitution>[^|\n]+)\|"
)
_MARK = re.compile(r"\[(#?[\w.+-]{1,60})\]_(?!\w)")


Targets = dict[str | int, tuple[str, int]]
"""Addresses and their places, by the folded name that leads there, or by the place of a name that leads to the next one without name."""


def read(source: Source, taken: Container[str] = ()) -> Bibliography:
    """Read the references of a document, and the marks in its text."""
    document = sections.lines(source.text)
    targets: Targets = {titles.folded(m[1] or m[2]): (m[3], m.start(3)) for m in _TARGET.finditer(source.text)}
    anonymous = [(m[1], m.start(1)) for m in _ANONYMOUS_TARGET.finditer(source.text)]
    targets |= dict(zip((m.start() for m in _ANONYMOUS.finditer(source.text)), anonymous, strict=False))
    text = Extract()
    items = [_item(text, key, block, targets) for key, block in _blocks(document)]
    if not items:
        for line in document:
            _inline(text, line.text, line.start, targets, None)
            text.put("\n", max(line.start, line.end - 1))
    bibliography, marks = extract.read(source, text, items, taken)
    return replace(bibliography, citations=(*_marks(source, marks), *citations.in_prose(bibliography)))


def _marks(source: Source, marks: dict[str, str]) -> Iterator[Citation]:
    """Yield what `[key]_` names."""
    for match in _MARK.finditer(source.text):
        if match[1] in marks:
            yield Citation(marks[match[1]], match[0], Span(*match.span()))
        elif not match[1].startswith("#") and marks:
            yield Citation("", match[0], Span(*match.span()), Form.NUMBER)


Block = list[tuple[str, int]]
"""The lines of an item, each with its place."""


def _blocks(document: Sequence[sections.Line]) -> Iterator[tuple[str, Block]]:
    """Yield (label or '', lines) of each citation, footnote, and item or paragraph under a heading that names a list."""
    notes = [number for number, line in enumerate(document) if _NOTE.match(line.text)]
    covered: set[int] = set()
    for number in notes:
        match = _NOTE.match(document[number].text)
        body, last = _indented(document, number, match.end() if match else 0)
        covered |= set(range(number, last))
        yield (match[1] if match else ""), body
    for first, last in _listed(document):
        yield from _paragraphs(document, first, last, covered)


def _indented(document: Sequence[sections.Line], number: int, begin: int) -> tuple[Block, int]:
    """Return the lines of what begins at a line: the rest of it, and those below that are indented."""
    line = document[number]
    block = [(line.text[begin:], line.start + begin)]
    number += 1
    while number < len(document) and (
        document[number].text.startswith((" ", "\t")) or (document[number].blank and _goes_on(document, number))
    ):
        block.append((document[number].text, document[number].start))
        number += 1
    return block, number


def _goes_on(document: Sequence[sections.Line], number: int) -> bool:
    return number + 1 < len(document) and document[number + 1].text.startswith((" ", "\t")) and bool(document[number + 1].text.strip())


def _listed(document: Sequence[sections.Line]) -> Iterator[tuple[int, int]]:
    """Yield the lines of each list: from below the heading that names it to the next heading of its rank."""
    headings = [
        (number, _UNDERLINE.match(after.text))
        for number, (line, after) in enumerate(itertools.pairwise(document))
        if line.text.strip()
        and not _UNDERLINE.match(line.text)
        and _UNDERLINE.match(after.text)
        and len(after.text.strip()) >= min(4, len(line.text.strip()))
    ]
    rubrics = [(n, re.match(r"\.\. rubric::\s*(.+)", line.text)) for n, line in enumerate(document) if line.text.startswith(".. rubric::")]
    marks = sorted([(n, document[n].text.strip(), m[1] if m else "", 2) for n, m in headings] + [(n, m[1], "", 1) for n, m in rubrics if m])
    ranks = {mark: rank for rank, mark in reversed(list(enumerate(dict.fromkeys(mark for _, _, mark, _ in marks))))}
    for place, (number, name, mark, height) in enumerate(marks):
        if extract.names_a_list(name):
            following = (n for n, _, other, _ in marks[place + 1 :] if ranks[other] <= ranks[mark] or not mark)
            yield number + height, next(following, len(document))


def _paragraphs(document: Sequence[sections.Line], first: int, last: int, covered: set[int]) -> Iterator[tuple[str, Block]]:
    """Yield the items and paragraphs of a list; directives and targets apart."""
    block: Block = []
    for number in range(first, last):
        line = document[number]
        begins = bool(_ITEM.match(line.text))
        if (line.blank and not _goes_on(document, number)) or begins or number in covered or line.text.startswith(".. "):
            if block:
                yield "", block
            block = []
        if line.blank or number in covered or line.text.startswith((".. ", "..\n", "__ ")) or _UNDERLINE.match(line.text):
            continue
        match = _ITEM.match(line.text)
        begin = match.end() if match else 0
        if block or not line.text.startswith(" ") or begins:
            block.append((line.text[begin:], line.start + begin))
    if block:
        yield "", block


def _item(text: Extract, label: str, block: Block, targets: Targets) -> Item:
    start = len(text)
    links: list[Hidden] = []
    for line, at in block:
        _inline(text, line, at, targets, links)
        text.put(" ", at + max(0, len(line) - 1))
    key = label if label and not re.fullmatch(r"#?\d*|\*|#.*", label) else ""
    item = Item(start, len(text), tuple(links), key=key, mark=label, certain=bool(key))
    text.open_line(block[-1][1], 2)
    return item


def _inline(text: Extract, line: str, at: int, targets: Targets, links: list[Hidden] | None) -> None:
    """Write a line as it would be printed."""
    position = 0
    for match in _INLINE.finditer(line):
        text.copy(line[position : match.start()], at + position)
        position = match.end()
        begin = len(text)
        group = str(match.lastgroup) if match.lastgroup != "url" else "text"
        text.copy(match[group], at + match.start(group))
        url, place = _target(match, at, targets)
        found: list[Hidden] = []
        if re.match(r"https?://[^\s<>]+$", url):
            text.close_link(begin, url, Span(place, place + len(url)), found)
        if links is not None:
            links += found
        else:
            text.write_links(found, at + match.start())
    text.copy(line[position:], at + position)


def _target(match: re.Match[str], at: int, targets: Targets) -> tuple[str, int]:
    """Return the address that a piece of markup leads to, and where it stands."""
    if match["url"]:
        url = match["url"].strip()
        return url, at + match.start("url") + match["url"].find(url)
    return targets.get(at + match.start()) or targets.get(titles.folded(match["named"] or match["word"] or ""), ("", 0))

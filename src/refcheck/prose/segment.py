"""Find the list of references in a document, and split it.

A document is lines. A list begins at a heading that names it; where there is none, the whole document
is a list if most of its paragraphs look like references. Several ways to split are tried; the one
whose parts look most like whole references wins.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from refcheck.model.source import Span
from refcheck.text import dates, titles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HEADINGS = frozenset(
    titles.folded(name)
    for name in """bibliography/references/reference list/list of references/works cited/work cited/works consulted/literature/
    literature cited/cited literature/cited works/sources/source list/list of sources/sources cited/references cited/notes and references/
    references and notes/references and further reading/bibliography and references/selected bibliography/annotated bibliography/
    further reading/citations/literatur/literaturverzeichnis/literaturangaben/literaturliste/quellen/quellenverzeichnis/quellenangaben/
    referenzen/bibliographie/références/références bibliographiques/ouvrages cités/sources bibliographiques/bibliografía/referencias/
    referencias bibliográficas/obras citadas/fuentes/referências/referências bibliográficas/obras citadas/bibliografia/riferimenti/
    riferimenti bibliografici/fonti/opere citate/literatuur/literatuurlijst/bronnen/bronnenlijst/referenties/litteratur/litteraturlista/
    litteraturförteckning/litteraturliste/källor/källförteckning/referenser/kilder/kildeliste/referanser/lähteet/lähdeluettelo/
    kirjallisuus/literatura/źródła/piśmiennictwo/literatura/použitá literatura/zdroje/irodalom/irodalomjegyzék/bibliografie/surse/
    kaynakça/kaynaklar/βιβλιογραφία/литература/список литературы/библиография/источники/література/джерела/参考文献/引用文献/参考资料/
    参考書目/參考文獻/文献/참고문헌/المراجع/ביבליוגרפיה/מקורות""".split("/")
    for name in [name.strip()]
)
ENDINGS = frozenset(
    titles.folded(name)
    for name in """appendix/appendices/acknowledgements/acknowledgments/acknowledgement/acknowledgment/about the author/about the authors/
    author information/license/licence/copyright/index/glossary/endnotes/footnotes/contact/disclaimer/funding/conflict of interest/
    competing interests/author contributions/data availability/anhang/danksagung/annexe/annexes/remerciements/apéndice/agradecimientos/
    supplementary material/supporting information/colophon/end notes/anexo/anexos""".split("/")
    for name in [name.strip()]
)
_HEADING = re.compile(
    r"[ \t]*(?P<hash>#{1,6}[ \t]+)?(?:(?:\d+|[IVX]+)[.)]?[ \t]+)?[*_]{0,3}(?P<name>[^\n#*_]{3,50}?)[*_]{0,3}[ \t]*:?[*_]{0,3}[ \t]*#*[ \t]*\r?$"
)
_MARKER = re.compile(r"\A[ \t]*(?:\[\^?[\w+-]{1,20}\]:?|\(\d{1,3}\)|\d{1,3}[.)](?=\s)|[-*+•◦▪–—·](?=\s))[ \t]*")
_PAGE = re.compile(
    r"\s*(?:[-–—]\s*)?(?:(?:page|seite|p\.|s\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|von)\s*\d{1,4})?(?:\s*[-–—])?\s*\Z", re.IGNORECASE
)
_YEAR = re.compile(rf"(?<!\d){dates.YEAR}(?!\d)")
_CONTINUES = re.compile(r"\s*(?:<?https?://|URL\b|www\.|doi:|[a-z]|<|\)|,|;|&|Retrieved|Available|Accessed)")
_UNFINISHED_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/\-_=&?.%]\Z")


@dataclass(frozen=True, slots=True)
class Segment:
    """One reference: its text on one line, and for each character its offset in the document."""

    text: str
    offsets: tuple[int, ...]

    @property
    def span(self) -> Span:
        """The place in the document."""
        return Span(self.offsets[0], self.offsets[-1] + 1)

    def place(self, start: int, end: int) -> Span:
        """Return the place in the document of a part of the text."""
        if start >= end:
            return Span(self.offsets[start], self.offsets[start])
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text of a list that belongs to no reference: `page-furniture` or `unsplit-text`."""

    kind: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the document without its end; `following` is where the next one starts."""

    start: int
    text: str
    following: int

    @property
    def blank(self) -> bool:
        """Whether there is nothing to see."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Split:
    """What a document's lists hold. `found` is False where there is no list."""

    segments: tuple[Segment, ...]
    leftovers: tuple[Leftover, ...]
    found: bool


def split(text: str) -> Split:
    """Split the lists of references of a document; every non-blank line of a list ends in a segment or a leftover."""
    lines = list(_lines(text))
    sections = _sections(lines)
    if not sections:
        whole = _split_section(lines, lines)
        convincing = [s for s in whole.segments if plausibility(s.text) >= 0.8]
        enough = len(convincing) >= max(1, 0.6 * (len(whole.segments) + len(whole.leftovers)))
        return whole if enough else Split((), (), found=False)
    parts = [_split_section(section, lines) for section in sections]
    return Split(tuple(s for part in parts for s in part.segments), tuple(o for part in parts for o in part.leftovers), found=True)


def each_line(text: str) -> list[Segment]:
    """Take every line as one reference; blank lines too, so that the answers are in step."""
    return [_segment([line]) if not line.blank else Segment(" ", (line.start,)) for line in _lines(text)]


def _lines(text: str) -> list[Line]:
    lines, start = [], 0
    for part in text.splitlines(keepends=True):
        lines.append(Line(start, part.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), start + len(part)))
        start += len(part)
    return lines


def _sections(lines: Sequence[Line]) -> list[list[Line]]:
    sections: list[list[Line]] = []
    current: list[Line] | None = None
    level = 0
    for number, line in enumerate(lines):
        heading = _heading(lines, number)
        if heading is not None:
            name, depth = heading
            if name in HEADINGS:
                current, level = [], depth
                sections.append(current)
                continue
            if current is not None and (name in ENDINGS or (depth and depth <= max(level, 1))):
                current = None
        if current is not None and not re.fullmatch(r"\s*(?:=+|-{3,}|\*{3,}|_{3,})\s*", line.text):
            current.append(line)
    return [section for section in sections if any(not line.blank for line in section)]


def _heading(lines: Sequence[Line], number: int) -> tuple[str, int] | None:
    """Return (folded name, level; 0 in plain text) where a line is a heading."""
    match = _HEADING.match(lines[number].text)
    if not match or not match["name"].strip():
        return None
    name = titles.folded(match["name"])
    if match["hash"]:
        return name, match["hash"].count("#")
    following = lines[number + 1].text if number + 1 < len(lines) else ""
    if re.fullmatch(r"\s*(?:={3,}|-{3,})\s*", following):
        return name, 1 if "=" in following else 2
    return (name, 0) if name in HEADINGS or name in ENDINGS else None


def _split_section(section: Sequence[Line], document: Sequence[Line]) -> Split:
    heads = _running_heads(section, document)
    furniture = [line for line in section if not line.blank and _is_furniture(line, section, heads)]
    dropped = {line.start for line in furniture}
    kept = [line for line in section if line.start not in dropped]
    groups = max((way(kept) for way in _WAYS), key=_score)
    segments: list[Segment] = []
    unsplit: list[Segment] = []
    for group in _rejoined(groups):
        segment = _segment(group)
        (segments if _is_reference(segment.text) else unsplit).append(segment)
    leftovers = [Leftover("page-furniture", Span(line.start, line.start + len(line.text)), line.text.strip()) for line in furniture]
    leftovers += [Leftover("unsplit-text", segment.span, segment.text) for segment in unsplit]
    return Split(tuple(segments), tuple(sorted(leftovers, key=lambda left: left.span)), found=True)


def _running_heads(section: Sequence[Line], document: Sequence[Line]) -> set[str]:
    """Return the short lines that stand elsewhere in the document too, page numbers apart."""
    inside = {line.start for line in section}
    outside = {_without_number(line.text) for line in document if not line.blank and line.start not in inside}
    repeated = Counter(_without_number(line.text) for line in section if not line.blank)
    return (outside & repeated.keys()) | {text for text, times in repeated.items() if times >= 3 and len(section) > 10}


def _without_number(text: str) -> str:
    return re.sub(r"^\d{1,4}\s+|\s+\d{1,4}$", "", text.strip()).casefold()


def _is_furniture(line: Line, section: Sequence[Line], heads: set[str]) -> bool:
    if _PAGE.match(line.text):
        return True
    short = len(line.text.strip()) < 80 and not _YEAR.search(line.text) and "://" not in line.text
    alone = _MARKER.match(line.text) is None and line.text.strip() not in {"URL", "URL:"}
    return short and alone and len(section) > 1 and _without_number(line.text) in heads and len(_without_number(line.text)) > 2


def _by_blank_lines(lines: Sequence[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = [[]]
    for line in lines:
        if line.blank:
            groups.append([])
        else:
            groups[-1].append(line)
    return [group for group in groups if group]


def _by_start(starts: Callable[[Line, Line | None], bool], lines: Sequence[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    previous: Line | None = None
    for line in lines:
        if line.blank:
            continue
        if not groups or starts(line, previous):
            groups.append([])
        groups[-1].append(line)
        previous = line
    return groups


def _by_markers(lines: Sequence[Line]) -> list[list[Line]]:
    return _by_start(lambda line, _: _MARKER.match(line.text) is not None, lines)


def _by_terminators(lines: Sequence[Line]) -> list[list[Line]]:
    return _by_start(lambda _, previous: previous is not None and previous.text.rstrip().endswith(";"), lines)


def _by_lines(lines: Sequence[Line]) -> list[list[Line]]:
    return _by_start(lambda line, _: not _CONTINUES.match(line.text), lines)


def _by_indent(lines: Sequence[Line]) -> list[list[Line]]:
    margin = min((_indent(line) for line in lines if not line.blank), default=0)
    return _by_start(lambda line, _: _indent(line) == margin, lines)


def _by_full_stops(lines: Sequence[Line]) -> list[list[Line]]:
    def starts(line: Line, previous: Line | None) -> bool:
        ended = previous is not None and re.search(r"[.;>\])/]\s*$", previous.text)
        return bool(ended) and not _CONTINUES.match(line.text) and bool(re.match(r"\s*[^\W\d_]", line.text))

    return _by_start(starts, lines)


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


_WAYS = (_by_markers, _by_blank_lines, _by_indent, _by_terminators, _by_lines, _by_full_stops)


def _score(groups: list[list[Line]]) -> float:
    """How much the parts look like whole references: their mean plausibility, weighed by how many there are."""
    if not groups:
        return -1.0
    texts = [_segment(group).text for group in groups]
    marked = sum(_MARKER.match(group[0].text) is not None for group in groups) / len(groups)
    torn = sum(_spans_a_gap(group) for group in groups) / len(groups)
    return sum(map(plausibility, texts)) / len(texts) + 0.01 * min(len(texts), 20) / 20 + (0.05 if marked > 0.9 else 0.0) - 0.3 * torn


def _spans_a_gap(group: Sequence[Line]) -> bool:
    """Whether a blank line stands inside a part: a reference rarely has one."""
    return any(after.start != before.following for before, after in pairwise(group))


def plausibility(text: str) -> float:
    """How much a text looks like one whole reference, from 0 to 1."""
    body = _MARKER.sub("", text, count=1)
    starts_well = not _CONTINUES.match(body) and bool(re.match(r"[\W_]*[^\W_]", body))
    years = len({match[0] for match in _YEAR.finditer(re.sub(r"https?://\S+", "", body))})
    dated = bool(_YEAR.search(body) or "://" in body or re.search(r"\b10\.\d{4,9}/", body))
    addresses = len(re.findall(r"https?://", body))
    one = addresses <= 2 and years <= 4 and len(re.findall(r";\s+(?=[^\W\d_a-z]\S*[^;]{10,}\d{4})", body)) <= 3
    sized = 25 <= len(body) <= 900
    return 0.4 * starts_well + 0.3 * dated + 0.2 * one * sized + 0.1 * (25 <= len(body) <= 500)


def _rejoined(groups: list[list[Line]]) -> list[list[Line]]:
    """Put back together what a page break tore apart: a part that begins amid a sentence belongs to the one before."""
    joined: list[list[Line]] = []
    for group in groups:
        amid = _MARKER.match(group[0].text) is None and re.match(r"\s*(?:<|https?://|www\.|URL\b)", group[0].text)
        if joined and (amid or (_CONTINUES.match(group[0].text) and not _is_reference(_segment(joined[-1]).text))):
            joined[-1] = [*joined[-1], *group]
        else:
            joined.append(group)
    return joined


def _is_reference(text: str) -> bool:
    body = _MARKER.sub("", text, count=1).strip()
    if len(body) < 8:
        return False
    told = _YEAR.search(body) or "://" in body or re.search(r"\b10\.\d{4,9}/|\bwww\.|\b(?:n\.\s?d\.|forthcoming|in press)", body)
    return bool(told) or bool(re.match(r"[^.]{3,60}\.\s+[\"“*_][^\"“*_]{5,}", body))


def _segment(lines: Sequence[Line]) -> Segment:
    """Join lines: a hyphen at a line's end goes where a lower-case letter follows, a broken address is mended."""
    text: list[str] = []
    offsets: list[int] = []
    for line in lines:
        body = line.text.strip()
        start = line.start + len(line.text) - len(line.text.lstrip())
        if text:
            soft = len(text) > 1 and text[-1] == "-" and text[-2].isalpha() and body[:1].islower()
            last_word = "".join(text[-200:]).rsplit(None, 1)[-1]
            if soft and "://" not in last_word:
                text.pop()
                offsets.pop()
            elif not _UNFINISHED_ADDRESS.search(last_word) or re.match(r"<?https?:|URL\b", body):
                text.append(" ")
                offsets.append(offsets[-1])
        text += body
        offsets += range(start, start + len(body))
    return Segment("".join(text), tuple(offsets))


def without_marker(text: str) -> int:
    """Return how many characters the list marker at the beginning of a reference takes."""
    match = _MARKER.match(text)
    return match.end() if match and not re.match(r"[*_]\w", text) else 0

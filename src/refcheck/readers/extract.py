"""The text of a document in markup as a reader sees it, each character with its place in the source.

Emphasis is written with asterisks and an address that markup hides in angle brackets, as in Markdown, so that the reader of
typed lists reads every markup. Where the markup says where a reference begins and ends, nothing is left to guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from refcheck.model.source import Source, Span
from refcheck.prose import sections, segment
from refcheck.readers import prose
from refcheck.readers.citations import Body
from refcheck.text import identifiers, titles, urls

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from refcheck.model.reference import Bibliography, Reference

_TOLD = re.compile(
    r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)|://|\bwww\.|\b10\.\d{4,9}/|\b(?:n\.\s?d\.|s\.\s?d\.|o\.\s?J\.|forthcoming|in press)|[.?!,]\s+[\"“„«*‘]|[\"“„«].{5,}[\"”“»]"
)
_DATED = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)|\b10\.\d{4,9}/|\bn\.\s?d\.")
_HELPERS = re.compile(
    r"\W*(?:google scholar|cross\s?ref|pubmed(?: central)?|view article|article|ads|mathscinet|math|cas|web of science|full text|scopus|medline|download references?)\W*",
    re.IGNORECASE,
)
_SEARCHES = re.compile(r"https?://scholar\.google\.", re.IGNORECASE)
_LIST_HEADING = re.compile(
    r" (?:references|bibliography|sources|works cited|literature|literatur|quellen|bibliographie|bibliografia|referencias|referencias bibliograficas)$"
)
_RESOURCES = frozenset({"internet resources", "other internet resources", "online resources", "web resources"})
_BLANKS = frozenset(" \t\xa0")
_NUMBER = re.compile(r"[\s\[(]*(\d{1,4})[\].):]")


Hidden = tuple[str, Span]
"""An address that markup hides, and where it is written."""


def spread(text: str, place: Span) -> list[int]:
    """Return an offset for each character of a text that is written at a place, be it with escapes."""
    offsets = [min(place.start + number, max(place.start, place.end - 1)) for number in range(len(text))]
    return [*offsets[:-1], max(place.start, place.end - 1)] if text else []


@dataclass(slots=True)
class Extract:
    """Text gathered piece by piece, and for each character its offset in the source."""

    pieces: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.pieces)

    def copy(self, text: str, start: int) -> None:
        """Add text that stands in the source like this, from `start` on."""
        self.pieces += text
        self.offsets += range(start, start + len(text))

    def put(self, text: str, at: int) -> None:
        """Add text that stands for markup at a place."""
        self.pieces += text
        self.offsets += [at] * len(text)

    def write_links(self, links: Iterable[Hidden], at: int) -> None:
        """Write addresses behind the text that hides them."""
        for url, place in links:
            self.put(" <", at)
            self.pieces += url
            self.offsets += spread(url, place)
            self.put(">", at)

    def remove(self, start: int, end: int | None = None) -> None:
        """Take characters out, all from `start` on or up to `end`; the others keep their numbers."""
        for number in range(start, len(self) if end is None else end):
            self.pieces[number] = ""

    def open_line(self, at: int, lines: int = 1) -> None:
        """Begin a new line, or after a blank one; where one begins already, nothing is added."""
        last = "".join(self.pieces[-lines:])
        if self.pieces and last != "\n" * lines:
            self.put("\n" * (lines - (len(last) - len(last.rstrip("\n")))), at)

    @property
    def text(self) -> str:
        """The text as it would be printed."""
        return "".join(self.pieces)

    def said(self, start: int, end: int | None = None) -> str:
        """Return a part of the text."""
        return "".join(self.pieces[start:end])

    def without(self, items: Iterable[Item]) -> Body:
        """Return the text outside the references."""
        pieces, offsets, at = [], [], 0
        for item in sorted(items, key=lambda item: item.start):
            pieces += [*self.pieces[at : item.start], "\n"]
            offsets += [*self.offsets[at : item.start], self.offsets[item.start] if item.start < len(self) else 0]
            at = max(at, item.end)
        pieces += self.pieces[at:]
        offsets += self.offsets[at:]
        return Body("".join(pieces), [offset for piece, offset in zip(pieces, offsets, strict=True) if piece])

    def close_link(self, start: int, url: str, place: Span, links: list[Hidden]) -> None:
        """End a link whose text began at `start`: note its address unless the text shows it; one that is cut short is made whole."""
        said = self.said(start).strip()
        shown = re.sub(r"\s+", "", said)
        cut = shown.rstrip("….").removesuffix("[") if "…" in shown[-3:] or shown.endswith("...") else ""
        if cut and len(cut) > 8 and re.sub(r"^https?://", "", url).startswith(re.sub(r"^https?://", "", cut)):
            self.remove(start)
        elif _is_shown(said, url):
            if "://" in said or "www." in said or any(identifiers.find(said)):
                return
            self.remove(start)  # an address without its scheme: written whole, it cannot be taken for words
        elif _HELPERS.fullmatch(said):
            self.remove(start)
            if _SEARCHES.match(url):
                return
        links.append((url, place))


def _is_shown(said: str, url: str) -> bool:
    """Whether the text of a link tells its address: as it is, or as a DOI or an arXiv number."""
    target = urls.read(url).target
    written = re.sub(r"^(?=www\.|[\w-]+(?:\.[\w-]+)+/)", "http://", re.sub(r"\s+", "", said).strip("<>()[]"))
    if "://" in written and _bare(urls.read(written).target or "") == _bare(target or url):
        return True
    inside = {(scheme, value) for scheme, value, *_ in identifiers.find(said)}
    return bool(inside) and any((scheme, value) in inside for scheme, value, *_ in identifiers.find(url))


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|/$", "", url)


@dataclass(frozen=True, slots=True)
class Item:
    """One reference by the document's own markup: its place in the extract, the addresses that the markup hides, the key and the mark it is cited by.

    One that is not `certain` is a reference only where it looks like one; else, it is a remark where it is a `note`.
    """

    start: int
    end: int
    links: tuple[Hidden, ...] = ()
    key: str = ""
    mark: str = ""
    certain: bool = False
    note: bool = False


def read(source: Source, text: Extract, items: Iterable[Item], taken: Container[str] = ()) -> tuple[Bibliography, dict[str, str]]:
    """Read the items of a document, or where its markup has none the lists that its text has.

    Returns the bibliography, and for each mark in the text (`3`) the key of its reference.
    """
    chosen, segments, leftovers = [], [], []
    for item in items:
        part = _segment(text, item)
        if len(part.text) < 8 or not re.search(r"[^\W\d_]{2}", part.text):
            continue
        if item.certain or (len(part.text) >= 20 and (_TOLD.search(part.text) or segment.IN_A_VOLUME.search(part.text))):
            chosen.append(item)
            segments.append(part)
        elif not item.note:
            leftovers.append(segment.Leftover("unsplit-text", part.span, part.text))
    if not segments:
        found = _split(text)
        return prose.read_split(source, found, taken), {}
    bibliography = prose.read_split(source, segment.Split(tuple(segments), tuple(leftovers), found=True), taken)
    references = tuple(_known(r, i, s) for r, i, s in zip(bibliography.references, chosen, segments, strict=True))
    marks = {item.mark: reference.key for item, reference in zip(chosen, references, strict=True) if item.mark}
    return replace(bibliography, references=references), marks


def _known(reference: Reference, item: Item, part: segment.Segment) -> Reference:
    """Return a reference whose bounds are certain, with its own key and its text without markup."""
    doubts = tuple(doubt for doubt in reference.doubts if not doubt.startswith("it has several addresses"))
    return replace(reference, key=item.key or reference.key, unmarked=part.text, doubts=doubts)


def _segment(text: Extract, item: Item) -> segment.Segment:
    """Return an item on one line; the addresses that its markup hides stand at its end."""
    pieces: list[str] = []
    offsets: list[int] = []
    for piece, offset in zip(text.pieces[item.start : item.end], text.offsets[item.start : item.end], strict=True):
        blank = piece.isspace()
        if piece and not (blank and (not pieces or pieces[-1] == " ")):
            pieces.append(" " if blank else piece)
            offsets.append(offset)
    if pieces and pieces[-1] == " ":
        del pieces[-1], offsets[-1]
    last = offsets[-1] if offsets else 0
    for url, place in _once(item.links):
        pieces += f" <{url}>"
        offsets += [last, last, *spread(url, place), last]
    return segment.Segment("".join(pieces), tuple(offsets))


def _once(links: Sequence[Hidden]) -> Iterator[Hidden]:
    seen = set()
    for url, place in links:
        if url not in seen:
            seen.add(url)
            yield url, place


def _split(text: Extract) -> segment.Split:
    """Split the lists that the text has, as in a typed document, with their places in the source; spaces between words are single."""
    pieces, places = _single_spaced(text)
    said = "".join(pieces)
    found = segment.split(said) if has_list(said) else segment.Split((), (), found=False)
    segments = (segment.Segment(part.text, tuple(places[at] for at in part.offsets)) for part in found.segments)
    leftovers = (
        segment.Leftover(left.kind, Span(places[left.span.start], places[left.span.end - 1] + 1), left.text)
        for left in found.leftovers
        if left.span.start < left.span.end
    )
    return segment.Split(tuple(segments), tuple(leftovers), found.found)


def _single_spaced(text: Extract) -> tuple[list[str], list[int]]:
    """Return the characters and their offsets with one space between words, and none at the ends of lines."""
    pieces: list[str] = []
    places: list[int] = []
    for piece, offset in zip(text.pieces, text.offsets, strict=True):
        last = pieces[-1] if pieces else "\n"
        if piece == "\n" and last == " ":
            pieces[-1], places[-1] = piece, offset
        elif piece and not (piece in _BLANKS and last in " \n"):
            pieces.append(" " if piece in _BLANKS else piece)
            places.append(offset)
    return pieces, places


def names_a_list(heading: str) -> bool:
    """Whether a heading is that of a list of references: `References`, `2.1 Normative references`, `Primary sources`."""
    name = titles.folded(re.sub(r"^\s*(?:\d+(?:\.\d+)*|[IVX]+)[.)]?\s+", "", heading))
    return name in sections.HEADINGS | _RESOURCES or (len(name.split()) <= 3 and bool(_LIST_HEADING.search(name)))


def has_list(text: str) -> bool:
    """Whether a heading of a text names a list of references."""
    return bool(sections.sections(sections.lines(text)))


def looks_like_a_list(text: Extract, items: Sequence[Item]) -> bool:
    """Whether most items of a list are references by their looks: sentences with links are none, dated ones may be."""
    parts = [_segment(text, item).text for item in items]
    dated = [bool(_DATED.search(re.sub(r"https?://\S+", "", part))) for part in parts]
    convincing = sum(40 <= len(part) <= 900 and day and segment.plausibility(part) >= 0.8 for part, day in zip(parts, dated, strict=True))
    return convincing >= 2 and convincing >= 0.6 * len(parts)


def number(text: Extract, item: Item) -> str:
    """Return the number that an item begins with, or ''."""
    match = _NUMBER.match(text.said(item.start, item.start + 12))
    return match[1] if match else ""

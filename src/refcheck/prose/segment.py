"""Split a list of references into references.

A list is found by its heading, or by looking like one; where its references begin is decided line by line (`breaks.py`); lines are then
joined, what was torn apart is put back together, and what is no reference is left over, never lost.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from refcheck.model.source import Span
from refcheck.prose import authors, breaks
from refcheck.prose.sections import CONTINUES, MARKER, YEAR, Line, ends_with_a_heading, headed, lines, times_said, without_furniture

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping, Sequence

LONGEST = 6000
_SEVERAL = 3
_TRIED = 5  # each try looks at all the rest of the document
_FIRST = re.compile(r"[ \t]*(?:\[1\]|\(1\)|1[.)])[ \t]")
_CLOSING = re.compile(  # what stands below lists, with a year or an address in it
    r"[\W_]*(?:(?:last|first)\s+(?:updated|modified|edited|published|revised)\b|(?:this|the)\s+(?:page|article|document|post)\s+was\b|copyright\s*(?:©|\(c\)|\d{4})|©\s*\d{4}|"
    r"\(c\)\s*\d{4}|all\s+rights\s+reserved|word\s+count\b|back\s+to\s+(?:the\s+)?top|share\s+this|posted\s+(?:by|in|on)\b|filed\s+under|tags?\s*:|categor(?:y|ies)\s*:|"
    r"comments?\s*[:(]|leave\s+a\s+|subscribe\b|received\s+\d{1,2}\s+\w+\s+\d{4}|text\s+is\s+available\s+under|zuletzt\s+geändert|dernière\s+mise|última\s+(?:actualización|atualização)|"
    r"impressum\b|permalink\b|from:\s|you\s+are\s+(?:visitor|getting|receiving)|unsubscribe\b)",
    re.IGNORECASE,
)
_LONGEST_NAME = 400
_BEFORE_A_QUOTATION = re.compile(r"\s*\d{1,3}\s+(?=[“\"«„])")  # the number of a footnote
IN_A_VOLUME = re.compile(r"\b\d{1,4}\s*(?:\(\d{1,3}\))?\s*:\s*[A-Z]?\d{1,5}\s*[-–]\s*[A-Z]?\d{1,5}\b")
_UNFINISHED_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/\-_=&?.%]\Z")


@dataclass(frozen=True, slots=True)
class Segment:
    """One reference: its text on one line, and for each character its offset in the document."""

    text: str
    offsets: Sequence[int]  # a range where the text stands so in the document: there are many

    @property
    def span(self) -> Span:
        """The place in the document."""
        return Span(self.offsets[0], self.offsets[-1] + 1)

    def place(self, start: int, end: int) -> Span:
        """Return the place in the document of a part of the text."""
        start = min(start, len(self.offsets) - 1)
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
class Split:
    """What a document's lists hold. `found` is False where there is no list."""

    segments: tuple[Segment, ...]
    leftovers: tuple[Leftover, ...]
    found: bool


def split(text: str) -> Split:
    """Split the lists of references of a document; every non-blank line of a list ends in a segment or a leftover.

    Without a heading, the whole document is a list if most of its paragraphs look like references. A
    heading in a table of contents begins none, and where nothing follows a heading, the list is somewhere else.
    """
    document = lines(text)
    parts = _headed_parts(document)
    if not parts and ends_with_a_heading(document):
        return Split((), (), found=False)
    if not parts:
        said = times_said(document)
        whole = _counted_part(document, said) or _split_section(document, said)
        return whole if _is_list(whole) else Split((), (), found=False)
    return Split(tuple(s for part in parts for s in part.segments), tuple(o for part in parts for o in part.leftovers), found=True)


def _headed_parts(document: Sequence[Line]) -> list[Split]:
    """Split the lists that headings name.

    One alone is a list whatever it looks like; of several, and of those whose heading may mean something else, only what looks like one is,
    and what stands below a heading within such a list.
    """
    said = times_said(document)
    several = [(section, _split_section(section.lines, said)) for section in headed(document)]
    named = [part for section, part in several if not section.may_be]
    kept: list[Split] = []
    within = False
    for section, part in several:
        good = _is_list(part) or (not section.may_be and len(named) == 1) or (section.within and within and _has_any(part))
        within = good or (section.within and within)
        kept += [part] if good else []
    return kept or named


def _counted_part(document: Sequence[Line], said: Counter[str]) -> Split | None:
    """Split the last list of a document without a heading whose references are counted from 1, if there is one."""
    starts = [number for number, line in enumerate(document) if _FIRST.match(line.text)]
    for start in reversed(starts[-_TRIED:]):
        part = _split_section(document[start:], said)
        if len(part.segments) >= _SEVERAL and _is_list(part):
            return part
    return None


def _has_any(part: Split) -> bool:
    return any(_convinces(segment) for segment in part.segments)


def _convinces(segment: Segment) -> bool:
    return plausibility(segment.text) >= 0.8 or bool(breaks.ONLY_ADDRESS.fullmatch(MARKER.sub("", segment.text, count=1)))


def _is_list(part: Split) -> bool:
    """Whether most of the parts look like references."""
    convincing = sum(_convinces(segment) for segment in part.segments)
    unsplit = sum(left.kind == "unsplit-text" for left in part.leftovers)
    return convincing >= max(1, 0.6 * (len(part.segments) + unsplit))


def each_line(text: str) -> list[Segment]:
    """Take every line as one reference; blank lines too, so that the answers are in step."""
    return [_segment([line]) if not line.blank else Segment(" ", (line.start,)) for line in lines(text)]


def _split_section(section: Sequence[Line], said: Counter[str]) -> Split:
    kept, furniture = without_furniture(section, said)
    segments: list[Segment] = []
    leftovers = [Leftover("page-furniture", Span(line.start, line.end), line.text.strip()) for line in furniture]
    groups = _rejoined(_groups(kept))
    items = [group for group in groups if _is_marked(group)]
    marked = len(items) > 1 and (_is_marked(groups[0]) or len(items) > 0.6 * len(groups))
    trusted = marked and _is_trusted([_segment(group).text for group in items])
    for group in groups:
        segment = _segment(group)
        stray = marked and not _is_marked(group) and (plausibility(segment.text) < 0.8 or authors.end(segment.text[:200]) is None)
        if (_is_reference(segment.text) and not stray) or (trusted and _is_marked(group) and _names_something(segment.text)):
            segments.append(segment)
        else:
            leftovers.append(Leftover("unsplit-text", segment.span, segment.text))
    return Split(tuple(segments), tuple(sorted(leftovers, key=lambda left: left.span)), found=True)


def _is_trusted(items: Sequence[str]) -> bool:
    """Whether so many items of a marked list are references that those without date and address are, too."""
    return sum(map(_is_reference, items)) >= max(2, 0.6 * len(items))


def _names_something(text: str) -> bool:
    """Whether an item may name a work: some words, and no heading of what follows."""
    body = MARKER.sub("", text, count=1).strip()
    return 8 <= len(body) <= _LONGEST_NAME and len(body.split()) > 1 and not body.endswith(":") and not _CLOSING.match(body)


def _is_marked(group: Sequence[Line]) -> bool:
    return MARKER.match(group[0].text) is not None


Groups = list[list[Line]]


def _groups(kept: Sequence[Line]) -> Groups:
    """Begin a group at each line in which a reference begins."""
    told = [line for line in kept if not line.blank]
    blank = [line.blank for line in kept]
    after_blank = [index > 0 and blank[index - 1] for index, line in enumerate(kept) if not line.blank]
    groups: Groups = []
    numbers = breaks.counted(told)
    begins = _at_numbers(numbers, told, after_blank) if numbers else breaks.begins(told, after_blank)
    for index, line in enumerate(told):
        if begins[index]:
            groups.append([])
        groups[-1].append(replace(line, start=line.start + numbers[index], text=line.text[numbers[index] :]) if index in numbers else line)
    return groups


def _at_numbers(numbers: Mapping[int, int], told: Sequence[Line], after_blank: Sequence[bool]) -> list[bool]:
    """Begin references at the numbers that count them; what stands before the first is parted by blank lines."""
    first = min(numbers)
    numbered = [index in numbers or index == 0 or (index < first and blank) for index, blank in enumerate(after_blank)]
    return breaks.ended(told, after_blank, numbered)


def plausibility(text: str) -> float:
    """How much a text looks like one whole reference, from 0 to 1."""
    if len(text) > LONGEST:
        return 0.0
    body = MARKER.sub("", text, count=1)
    starts_well = not CONTINUES.match(body) and bool(re.match(r"[\W_]*[^\W_]", body))
    years = len({match[0] for match in YEAR.finditer(re.sub(r"https?://\S+", "", body))})
    dated = bool(YEAR.search(body) or "://" in body or re.search(r"\b10\.\d{4,9}/", body))
    addresses = len(re.findall(r"https?://", body))
    one = addresses <= 2 and years <= 4
    sized = 25 <= len(body) <= 900
    return 0.4 * starts_well + 0.3 * dated + 0.2 * (one and sized) + 0.1 * (25 <= len(body) <= 500)


# Parts to segments


def _rejoined(groups: Groups) -> Groups:
    """Put back together what was torn apart: a part that begins with an address belongs to the one before, if that has none."""
    joined: Groups = []
    for group in groups:
        unmarked = MARKER.match(group[0].text) is None
        amid = unmarked and re.match(r"\s*(?:<|https?://|www\.|URL\b)", group[0].text)
        before = _segment(joined[-1]).text if joined else ""
        goes_on = unmarked and CONTINUES.match(group[0].text) and not _is_reference(before)
        if joined and ((amid and "://" not in before) or goes_on):
            joined[-1] = [*joined[-1], *group]
        else:
            joined.append(group)
    return joined


def _is_reference(text: str) -> bool:
    body = MARKER.sub("", text, count=1).strip()
    if not 8 <= len(body) <= LONGEST or _CLOSING.match(body):
        return False
    told = (
        YEAR.search(body)
        or IN_A_VOLUME.search(body)
        or "://" in body
        or re.search(r"\b10\.\d{4,9}/|\bwww\.|\b(?:n\.\s?d\.|forthcoming|in press)", body)
    )
    return bool(told) or bool(re.match(r"[^.]{3,60}\.\s+[\"“*_][^\"“*_]{5,}", body))


def _segment(group: Sequence[Line]) -> Segment:
    """Join lines: a hyphen at a line's end goes where a lower-case letter follows, a broken address is mended."""
    if len(group) == 1:
        body, start = _body(group[0])
        return Segment(body, range(start, start + len(body)))
    text: list[str] = []
    offsets: array[int] = array("Q")
    for line in group:
        body, start = _body(line)
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
        offsets.extend(range(start, start + len(body)))
    return Segment("".join(text), offsets)


def _body(line: Line) -> tuple[str, int]:
    """Return a line's text without the space around it, and its offset in the document."""
    return line.text.strip(), line.start + len(line.text) - len(line.text.lstrip())


def without_marker(text: str) -> int:
    """Return how many characters the list marker at the beginning of a reference takes."""
    directive = re.match(r"\s*\.\.[ \t]+(?=\[)", text)  # reStructuredText, line by line
    begin = directive.end() if directive else 0
    match = MARKER.match(text[begin:]) or _BEFORE_A_QUOTATION.match(text)
    return begin + match.end() if match and not re.match(r"[*_]\w", text) else 0

"""Where the title of a reference stands, and where the names before it end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refcheck.prose import authors
from refcheck.prose.mask import MASK, Masked, clean
from refcheck.text import dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.prose.when import When

_ABBREVIATION = re.compile(
    r"(?:\b(?:vol|no|nr|pp?|ed|eds|hrsg|st|dr|mr|mrs|jr|sr|inc|ltd|co|corp|vs|univ|dept|proc|trans|int|conf|j|cf|al|bd|fig|op|rev|[A-Z])|\b[A-Z](?:\.[A-Z])+)\.$",
    re.IGNORECASE,
)
_OPENING, _CLOSING = "\"“„«‘'", {'"': '"', "“": "”", "„": "“”", "«": "»", "‘": "’", "'": "'"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the title stands, where the names before it end, where the rest begins; `sure` is from 0 to 1."""

    start: int
    end: int
    head_end: int
    rest: int
    sure: float


def find(masked: Masked, when: When | None) -> Place | None:
    """Find the title: in quotes, else after the names up to the date, the emphasis or the first full stop."""
    text = masked.text
    if quoted := _quoted(text):
        return quoted
    head = _head_end(text, when)
    start = _next_letter(text, head)
    if start >= len(text):
        return None
    end, sure = _title_end(masked, start, when)
    return Place(start, end, head, end, sure)


def _quoted(text: str) -> Place | None:
    for match in re.finditer(f"[{_OPENING}]", text):
        opening, start = match[0], match.end()
        if not re.search(r"(?:^|[.,:;)\]\x00])[\s\x00]*$", text[max(0, match.start() - 40) : match.start()]):
            continue
        end = _quote_end(text, start, opening)
        if end < 0:
            continue
        inside = text[start:end]
        if len(inside.split()) < 2 and not re.match(r"[\s\x00]*[.,;]|$", text[end + 1 :]):
            continue
        rest = end + 1
        trimmed = re.sub(rf"[\s,.]*(?:,\s*{dates.YEAR}[a-z]?)?[\s,.;]*$", "", inside)
        return Place(start, start + len(trimmed), match.start(), rest, 0.97)
    return None


def _quote_end(text: str, start: int, opening: str) -> int:
    """Return the offset of the closing quote: the last that punctuation, a capital or the end follows."""
    closers = _CLOSING[opening]
    single = opening in "'‘"
    for match in re.finditer(f"[{closers}]", text[start:]):
        at = start + match.start()
        after = text[at + 1 :].lstrip(MASK)
        before = text[at - 1]
        if single and not (before in ".,?!" or re.match(r"\s*(?:[.,;:(]|$)", after)):
            continue
        if single and re.match(r"\w", after):
            continue
        if re.match(r"\s*(?:[.,;:([]|$)", after) or before in ".,?!" or re.match(r"\s+[^\W\d_a-z]", after):
            return at
    return -1


def _head_end(text: str, when: When | None) -> int:
    """Return where the contributors end: the title begins behind it. 0 where the reference has none."""
    early = when and when.outer_start < 0.6 * len(text) and re.search(r"[^\W_]", text[when.outer_end :])
    if when and early:
        before = text[: when.outer_start]
        if not before.strip(" ,.\0") or _could_be_names(before):
            return when.outer_end
    people = authors.longest(text)
    boundary = next(stops(text), None)
    if people and (boundary is None or people.end >= boundary or _names_end_first(text, people)):
        return people.end
    if boundary is not None and authors.is_name_like(clean(text[:boundary])):
        return boundary
    return 0


def _names_end_first(text: str, people: authors.Head) -> bool:
    """Names written family name first end where they end, be it at an initial, whatever the next full stop."""
    names = text[: people.end]
    return "," in names and (names.endswith(".") or bool(re.match(r"[\s.,:]*[\"“«‘'(*_\x00]|\s*[.:]", text[people.end :])))


def _could_be_names(before: str) -> bool:
    text = before.strip(" ,.\0(")
    people = authors.longest(text + ".")
    return bool(people and people.end >= len(text) - 1) or authors.is_name_like(text) or bool(re.search(r"\bet al\b|;", text))


def stops(text: str, start: int = 0) -> Iterator[int]:
    """Yield the offsets behind full stops that end a part: before a space, or before a capital where a space was left out."""
    for match in re.finditer(r"[.?!](?=[\s\x00]|$|[^\W\d_a-z][^\W\d_]{2})", text[start:]):
        at = start + match.end()
        if match[0] == "." and _ABBREVIATION.search(text[max(0, at - 12) : at]):
            continue
        glued = at < len(text) and text[at] not in " \t\0"
        if glued and not re.search(r"[^\W\d_]{2,}\.$", text[:at]):
            continue
        yield at


def _next_letter(text: str, at: int) -> int:
    match = re.compile(r"[\s\x00.,:;)\]]*").match(text, at)
    return match.end() if match else at


def _title_end(masked: Masked, start: int, when: When | None) -> tuple[int, float]:
    text = masked.text
    emphasised = next(((s, e) for s, e in masked.emphasis if s <= start + 2 and e > start), None)
    if emphasised:
        return emphasised[1], 0.93
    ends: list[tuple[int, float]] = []
    if when and when.outer_start > start:
        before_date = re.search(r"[,.(\s\x00]*$", text[: when.outer_start])
        ends.append((before_date.start() if before_date else when.outer_start, 0.95))
    ends += [(s - 1, 0.9) for s, _ in masked.emphasis if s > start][:1]
    ends += [(stop, 0.92) for stop in stops(text, start)][:1]
    masked_at = re.search(r"\x00{4,}", text[start:])
    if masked_at:
        ends.append((start + masked_at.start(), 0.85))
    end, sure = min(ends, default=(len(text), 0.8))
    return _without_tail(text, start, end), sure


def _without_tail(text: str, start: int, end: int) -> int:
    r"""Step back over what separates: commas, ` In `, the mark of an emphasis, a full stop (not ? or !)."""
    part = re.sub(r"(?:[\s\x00,;:.]|(?<=[.,\s])[Ii]n(?=[\s\x00:]*$))+$", "", text[start:end])
    return start + len(part)

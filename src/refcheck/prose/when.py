"""When a work was issued: the dates of a reference, weighed by what stands around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refcheck.model.reference import PartialDate
from refcheck.text import dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.prose.masked import Masked

UNDATED = re.compile(
    r"[\[(]\s*(?:n\.?\s?d|s\.?\s?[adf]|o\.\s?J|no\s+date|undated|sin\s+fecha|sem\s+data|ohne\s+Jahr|forthcoming|im\s+Erscheinen|à\s+paraître|en\s+prensa|no\s+prelo)\.?\s*[\])]|\bn\.\s?d\.(?=\s|$)",
    re.IGNORECASE,
)

_MEETING = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z])[A-Z][\w+*-]{2,11} ?['’] ?(\d\d)\b")


@dataclass(frozen=True, slots=True)
class When:
    """A date in a reference: its offsets, those with the parentheses around it, and how much it looks like the date of issue."""

    date: PartialDate
    start: int
    end: int
    outer_start: int
    outer_end: int
    worth: float
    raw: str


def find(masked: Masked) -> When | None:
    """Return the date that stands where the date of issue would, or None."""
    candidates = list(_date_candidates(masked.text))
    return max(candidates, key=lambda c: (c.worth, c.start), default=None)


def of_meeting(text: str) -> tuple[PartialDate, int, int] | None:
    """Return the year of a meeting that is named by letters and two digits (`OSDI '14`), and where the digits stand."""
    if not (match := _MEETING.search(text)):
        return None
    short = int(match[1])
    return PartialDate(short + (2000 if short < 50 else 1900)), *match.span(1)


def _date_candidates(text: str) -> Iterator[When]:
    full = list(dates.find(text))
    for date, start, end in full:
        yield _judged(text, date, start, end, 2.0)
    for match in re.finditer(rf"(?<![\w/-]){dates.YEAR}[a-z]?(?!\w)(?![-–/]\d)", text):
        if not any(start <= match.start() < end for _, start, end in full):
            yield _judged(text, PartialDate(int(match[0][:4])), match.start(), match.end(), 0.0)


def _judged(text: str, date: PartialDate, start: int, end: int, worth: float) -> When:
    """Weigh a date by what stands around it: parentheses, full stops, commas, quotes, the end."""
    before, after = text[:start].rstrip(" \0\1\2"), text[end:].lstrip(" \0\1\2")
    outer_start, outer_end = start, end
    parenthesis = re.search(r"[(\[][^()\[\]]{0,12}$", text[:start])
    closing = re.match(r"[^()\[\]]{0,20}?[)\]]", text[end:])
    if parenthesis and closing:
        outer_start, outer_end = parenthesis.start(), end + closing.end()
        worth += 4.0 if not text[:outer_start].count("“") > text[:outer_start].count("”") else 1.0
    elif before.endswith((".", "”", '"')) and after.startswith((".", ":")):
        worth += 3.5
    elif before.endswith(",") and (not after or after[0] in ".;,\"”'’»"):
        worth += 3.0
    elif before.endswith((".", ":", ";", ")")) or not after or after.startswith((".", ";")):
        worth += 1.5
    if after.startswith("-") or before.endswith("-"):
        worth -= 3.0
    if not before:
        worth -= 0.5
    return When(date, start, end, outer_start, outer_end, worth, text[start:end])

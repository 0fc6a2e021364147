"""Dates as people and machines write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from refcheck.model.reference import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS = {
    1: "jan january janvier januar enero janeiro gennaio",
    2: "feb february février fevrier februar febrero fevereiro febbraio",
    3: "mar march mars märz maerz marzo março",
    4: "apr april avril abril aprile",
    5: "may mai mayo maio maggio",
    6: "jun june juin juni junio junho giugno",
    7: "jul july juillet juli julio julho luglio",
    8: "aug august août aout agosto",
    9: "sep sept september septembre septiembre setembro settembre",
    10: "oct october octobre oktober okt octubre outubro ottobre",
    11: "nov november novembre noviembre novembro",
    12: "dec december décembre dezember dez diciembre dezembro dicembre",
}
MONTHS = {name: number for number, names in _MONTHS.items() for name in names.split()}
ABBREVIATIONS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR = r"(?:1[4-9]|20)\d\d"
_YEAR_ALONE, _YEAR_ANYWHERE = re.compile(YEAR), re.compile(rf"(?<!\d){YEAR}(?!\d)")
_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_FORMS = (
    re.compile(rf"(?<!\d)(?P<y>{YEAR})[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(rf"(?<!\w)(?P<m>{_NAME})\.?\s+(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,?\s+(?P<y>{YEAR})(?!\d)", re.IGNORECASE),
    re.compile(
        rf"(?<!\d)(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|\.)?(?:\s+(?:de|of))?\s+(?P<m>{_NAME})\.?,?(?:\s+de)?\s+(?P<y>{YEAR})(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<!\d)(?P<y>{YEAR}),?\s+(?P<m>{_NAME})\.?\s+(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<!\d)(?P<y>{YEAR}),?\s+(?P<m>{_NAME})(?!\w)", re.IGNORECASE),
    re.compile(rf"(?<!\w)(?P<m>{_NAME})\.?,?\s+(?P<y>{YEAR})(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<!\d)(?P<y>{YEAR})-(?P<m>0[1-9]|1[0-2])(?![\d-])"),
)


def find(text: str) -> Iterator[tuple[PartialDate, int, int]]:
    """Yield (date, start, end) of dates with at least a month in running text, first forms first."""
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            groups = match.groupdict()
            month = int(groups["m"]) if groups["m"].isdigit() else MONTHS[groups["m"].lower().rstrip(".")]
            yield valid(int(groups["y"]), month, int(groups.get("d") or 0)), *match.span()


def valid(year: int, month: int | None, day: int | None) -> PartialDate:
    """Return the date as far as the calendar has it."""
    if not month or not 1 <= month <= 12:
        return PartialDate(year)
    try:
        datetime(year, month, day or 1, tzinfo=UTC)
    except ValueError:
        return PartialDate(year, month)
    return PartialDate(year, month, day or None)


def parse(text: str) -> PartialDate | None:
    """Return the first date in a text, or its first year, or None."""
    if _YEAR_ALONE.fullmatch(text):
        return PartialDate(int(text))
    best = min(find(text), key=lambda found: found[1], default=None)
    if best:
        return best[0]
    year = _YEAR_ANYWHERE.search(text)
    return PartialDate(int(year[0])) if year else None


def month_number(text: str) -> int | None:
    """Return the month that a field names, as a number or a word."""
    word = text.strip().strip(".").lower()
    if word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else None
    return next((MONTHS[part] for part in re.findall(r"[^\W\d_]+", word) if part in MONTHS), None)


def middle(date: PartialDate) -> datetime:
    """Return the middle of what a partial date may mean: the day itself, mid-month, mid-year."""
    if date.day and date.month:
        return datetime(date.year, date.month, date.day, 12, tzinfo=UTC)
    return datetime(date.year, date.month, 15, tzinfo=UTC) if date.month else datetime(date.year, 7, 1, tzinfo=UTC)


def spoken(moment: datetime) -> str:
    """Return a date as a report shows it: 2 Jul 2024."""
    return f"{moment.day} {ABBREVIATIONS[moment.month - 1].capitalize()} {moment.year}"

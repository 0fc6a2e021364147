"""Dates as people and machines write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from refcheck.model.reference import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS = {
    1: "jan january janvier janv januar januari enero janeiro gennaio stycznia января",
    2: "feb february février fevrier févr februar februari febrero fevereiro febbraio lutego февраля",
    3: "mar march mars märz maerz marzo março maart marts marca марта",
    4: "apr april avril abril aprile kwietnia апреля",
    5: "may mai mayo maio maggio mei maja мая",
    6: "jun june juin juni junio junho giugno czerwca июня",
    7: "jul july juillet juli julio julho luglio lipca июля",
    8: "aug august août aout agosto augustus augusti sierpnia августа",
    9: "sep sept september septembre septiembre setembro settembre września сентября",
    10: "oct october octobre oktober okt octubre outubro ottobre października октября",
    11: "nov november novembre noviembre novembro listopada ноября",
    12: "dec december décembre dezember dez desember diciembre dezembro dicembre grudnia декабря",
}
_BEHIND_A_DAY = {
    1: "ene gen", 2: "fev", 4: "abr avr", 5: "mag maj", 6: "giu", 7: "juil lug", 8: "ago", 9: "set", 10: "out ott", 12: "dic déc des",
}  # fmt: skip
MONTHS = {name: number for number, names in _MONTHS.items() for name in names.split()}
_ALL_MONTHS = MONTHS | {name: number for number, names in _BEHIND_A_DAY.items() for name in names.split()}
ABBREVIATIONS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR = r"(?:1[4-9]|20)\d\d"
_YEAR_ALONE, _YEAR_ANYWHERE = re.compile(YEAR), re.compile(rf"(?<!\d){YEAR}(?!\d)")
_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_ANY_NAME = "|".join(sorted(_ALL_MONTHS, key=len, reverse=True))  # words like "out" are months where a day stands before them
_DAY, _MONTH = "0?[1-9]|[12]\\d|3[01]", "0?[1-9]|1[0-2]"
_FORMS = (
    re.compile(rf"(?<!\d)(?P<y>{YEAR})[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(rf"(?<!\w)(?P<m>{_NAME})\.?\s+(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,?\s+(?P<y>{YEAR})(?!\d)", re.IGNORECASE),
    re.compile(
        rf"(?<!\d)(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|\.|º)?(?:\s+(?:de|of))?\s+(?P<m>{_ANY_NAME})\.?,?(?:\s+de)?\s+(?P<y>{YEAR})(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<![\d-])(?P<d>{_DAY})-(?P<m>{_NAME})\.?-(?P<y>{YEAR})(?![\d-])", re.IGNORECASE),
    re.compile(rf"(?<!\d)(?P<y>{YEAR}),?\s+(?P<m>{_NAME})\.?\s+(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<!\d)(?P<y>{YEAR}),?\s+(?P<m>{_NAME})(?!\w)", re.IGNORECASE),
    re.compile(rf"(?<!\w)(?P<m>{_NAME})\.?,?\s+(?P<y>{YEAR})(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<!\d)(?P<y>{YEAR})-(?P<m>0[1-9]|1[0-2])(?![\d-])"),
    re.compile(rf"(?<![\d.])(?P<d>{_DAY})\.\s?(?P<m>{_MONTH})\.\s?(?P<y>{YEAR})(?!\d)"),
    re.compile(rf"(?<![\d/-])(?P<d>{_DAY})/(?P<m>{_MONTH})-(?P<y>{YEAR})(?![\d/-])"),  # as in Sweden
    re.compile(rf"(?<!\d)(?P<y>{YEAR})年(?P<m>{_MONTH})月(?:(?P<d>{_DAY})日)?"),
)
_LONGEST = 40  # characters of a date before or behind its year
_NUMBERS = re.compile(rf"(?<![\d/-])(?P<one>{_DAY})(?P<mark>[/-])(?P<two>{_DAY})(?P=mark)(?P<y>{YEAR})(?![\d/-])")


def find(text: str) -> Iterator[tuple[PartialDate, int, int]]:
    """Yield (date, start, end) of dates in running text, first forms first.

    They have at least a month, but for `3/4/2021`, of which only the year is certain.
    """
    around = _around_years(text)
    taken: list[tuple[int, int]] = []
    for form in _FORMS if around else ():
        for match in (match for start, end in around for match in form.finditer(text, start, end)):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            groups = match.groupdict()
            month = int(groups["m"]) if groups["m"].isdigit() else _ALL_MONTHS[groups["m"].lower().rstrip(".")]
            yield valid(int(groups["y"]), month, int(groups.get("d") or 0)), *match.span()
    for match in _NUMBERS.finditer(text) if around else ():
        if not any(start < match.end() and match.start() < end for start, end in taken):
            yield _of_numbers(int(match["one"]), int(match["two"]), int(match["y"])), *match.span()


def _around_years(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a text in which a date can stand, in order: all forms have a year."""
    found: list[tuple[int, int]] = []
    for year in _YEAR_ANYWHERE.finditer(text):
        start = max(0, year.start() - _LONGEST)
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, year.end() + _LONGEST))
    return found


def _of_numbers(one: int, two: int, year: int) -> PartialDate:
    """Read day and month in the order that is possible; nobody knows which of 3/4 is the month."""
    if one > 12 or one == two:
        return valid(year, two, one)
    return valid(year, one, two) if two > 12 else PartialDate(year)


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

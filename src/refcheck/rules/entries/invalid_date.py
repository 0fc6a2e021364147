"""RC608."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.model.finding import Finding
from refcheck.model.reference import Dialect
from refcheck.rules.base import Facts, rule
from refcheck.rules.entries.values import written
from refcheck.text import dates, latex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


# ISO 8601-2 (EDTF level 1), as biber reads it: parts may be unknown or uncertain, and a range may be open.
_POINT = r"-?\d{2}(?:\d\d|\dX|XX)(?:-(?:(?:0[1-9]|1[0-2]|2[1-4])(?:-(?:0[1-9]|[12]\d|3[01]))?|XX(?:-XX)?))?(?:T[\d:.Z+-]+)?[~?%]?"
_DATE = re.compile(rf"{_POINT}|(?:{_POINT})?/(?:{_POINT}|\.\.)?")


def _is_month(value: str) -> bool:
    """Whether every part of a value (`March`, `mar 3`, `Jan./Feb.`, `7--8`) is a month, a day or a season."""
    words = re.findall(r"[^\W\d_]+|\d+", value.lower())
    months = [word for word in words if word[:3] in dates.ABBREVIATIONS or word in _SEASONS]
    numbers = [int(word) for word in words if word.isdigit()]
    if any(not word.isascii() for word in words):
        return True  # another language's month
    return bool(months) or (bool(numbers) and len(numbers) == len(words) and all(1 <= number <= 12 for number in numbers))


_SEASONS = frozenset("spring summer autumn fall winter trinity michaelmas hilary easter q".split())


@rule("RC608", "invalid-date")
def invalid_date(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""A month, a date or a year that cannot be.

    What it does: reports months that no program reads (`month = {13}`, `month = {Foo}`), BibLaTeX dates that are not ISO 8601
    (`date = {3/2020}`), and years before 1000 or after next year.

    Why it matters: biber drops a date that it cannot read, and BibTeX prints whatever stands there.

    Example: `date = {2020-13}`.

    When it can be wrong: ancient works. Then `% refcheck: ignore invalid-date -- why`.
    """
    this_year = facts.started.year if facts.started else 9999
    for field in written(reference, facts, frozenset({"month", "date", "year", "urldate"})):
        value = latex.decode(field.raw).strip()
        if field.name == "month" and not _is_month(value):
            yield Finding(f"{value!r} is no month", field.span, confidence=0.9)
        elif field.name in {"date", "urldate"} and facts.bibliography.dialect is Dialect.BIBLATEX and not _DATE.fullmatch(value):
            yield Finding(f"{field.name} is {value!r}; biber reads dates like 2018-06-04", field.span, confidence=0.9)
        elif (
            field.name in {"year", "date"}
            and (match := re.fullmatch(r"(\d{4})(?:-.*)?", value))
            and not 1000 <= int(match[1]) <= this_year + 1
        ):
            yield Finding(f"the year {match[1]} cannot be", field.span, confidence=0.9)

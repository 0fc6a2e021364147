"""Whether two dates can be of one work: online and in print, preprint and article, first and later editions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from refcheck.model.verdict import Agreement, FieldVerdict

if TYPE_CHECKING:
    from refcheck.model.record import Record
    from refcheck.model.reference import PartialDate, Reference

_Verdict = Callable[[Agreement, str], FieldVerdict]
ANOTHER_EDITION = "another edition"
A_YEAR_APART, NOT_BEFORE = "a year apart, as online and in print", "it was not there before"


def compare(reference: Reference, record: Record, this_year: int) -> FieldVerdict:
    """Compare the year of a reference with those of a record."""
    years = ([record.issued.year] if record.issued else []) + list(record.years)
    if reference.issued is None or not years:
        return FieldVerdict(Agreement.ABSENT, str(reference.issued.year) if reference.issued else "", str(years[0]) if years else "")
    year, first = reference.issued.year, min(years)
    there = str(record.issued.year if record.issued else first)

    def verdict(agreement: Agreement, reason: str = "") -> FieldVerdict:
        return FieldVerdict(agreement, str(year), there, reason)

    if str(year) == there:
        return verdict(Agreement.EQUAL)
    if year in years:
        return verdict(
            Agreement.COMPATIBLE,
            f"{ANOTHER_EDITION}; the first is of {first}" if record.kind == "book" else "another date of the same work",
        )
    if year > this_year + 1:
        return verdict(Agreement.DIFFERENT, "it is in the future")
    if record.kind == "book":
        return _of_book(year, first, verdict)
    if record.kind == "page":
        return _of_page(reference.issued, record, verdict)
    if record.kind == "preprint" and year < first:
        return verdict(Agreement.DIFFERENT, f"{NOT_BEFORE} {first}")
    if min(abs(year - other) for other in years) == 1:
        return verdict(Agreement.COMPATIBLE, A_YEAR_APART)
    return verdict(Agreement.DIFFERENT, "")


def _of_book(year: int, first: int, verdict: _Verdict) -> FieldVerdict:
    if year >= first - 1:
        return verdict(
            Agreement.COMPATIBLE, f"{ANOTHER_EDITION}; the first is of {first}" if year > first else "a year apart, as sold and dated"
        )
    return verdict(Agreement.DIFFERENT, f"no edition is known before {first}")


def _of_page(here: PartialDate, record: Record, verdict: _Verdict) -> FieldVerdict:
    """A page's date is exact, but for the turn of a year, and unless an archive had the page before: then it was dated anew."""
    there = record.issued
    if there and record.archived_in and here.year < there.year and record.archived_in < there.year:
        return verdict(Agreement.COMPATIBLE, f"an archive had the page in {record.archived_in} already")
    if there and there.day and {1: -1, 12: 1}.get(there.month or 0) == here.year - there.year and there.day in {1, 31}:
        return verdict(Agreement.COMPATIBLE, "at the turn of the year")
    return verdict(Agreement.DIFFERENT, "")

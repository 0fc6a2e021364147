"""RC516."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.model.verdict import Agreement
from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.metadata.told import place, verified, where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC516", "another-edition", severity=Severity.INFO, needs=Need.RECORDS)
def another_edition(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The year of a book is that of a later edition, or of the original in another language.

    What it does: compares the year with those of the editions that Open Library and others know.

    Why it matters: the first year says when the book was written, the other which pages were read; readers should know which is meant.

    Example: *The Master Algorithm*, 2018; the first edition is of 2015.

    When it can be wrong: you may well mean this edition; then all is well, or `origdate` says when the first appeared.
    """
    found = verified(reference, facts)
    year = found.fields["year"] if found else None
    if not found or not found.record or not year or found.record.kind != "book" or year.agreement is not Agreement.COMPATIBLE:
        return
    if "edition" in reference.fields or "origdate" in reference.fields or not ("edition" in year.reason or "original" in year.reason):
        return
    message = f"the year is {year.here}: {year.reason}; see {where(found.record)}"
    yield Finding(message, place(reference, "year"), confidence=0.9)

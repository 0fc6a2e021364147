"""RC618."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.model.reference import Dialect
from refcheck.rules.base import Facts, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC618", "undated-url", severity=Severity.INFO)
def undated_url(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""A page of the web without a date and without the day it was seen, in BibLaTeX.

    What it does: reports @online entries that have neither `date` nor `year` nor `urldate`.

    Why it matters: readers, and archives, cannot tell which state of the page was meant.

    Example: `@online{…, url = {…}}` without `urldate = {2018-06-04}`.

    When it can be wrong: the page never changes.
    """
    is_page = reference.entry_type in {"online", "electronic", "www"} and "url" in reference.fields
    modern = facts.editable and facts.bibliography.dialect is Dialect.BIBLATEX
    if modern and is_page and not reference.value("date", "year", "urldate"):
        yield Finding("a page of the web needs a date, or the day it was seen (urldate)", reference.key_span, confidence=0.9)

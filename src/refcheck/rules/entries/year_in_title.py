"""RC602."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding, Severity
from refcheck.rules.base import Facts, rule
from refcheck.text import dates, titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC602", "year-in-title")
def year_in_title(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The year of publication stands inside the title.

    What it does: reports a title that ends in a comma and a year, or in a year in parentheses. `clean`
    moves it to the field `year`. In a typed reference it reports a year inside the title's quotation
    marks, as information: it was read as the year.

    Why it matters: the year is printed twice, and the title is found nowhere.

    Example: `title = {A Study of Links, 2019}`

    When it can be wrong: the year belongs to the title (`Vision 2030` is not reported, it has no comma).
    """
    if not facts.editable:
        if match := re.search(rf"[,(]\s*({dates.YEAR})[a-z]?\s*\)?[.,]?[\"”»]", reference.raw):
            message = f"the year {match[1]} stands inside the title's quotation marks; it was read as the year"
            yield Finding(message, reference.key_span, confidence=0.9, severity=Severity.INFO)
        return
    field = reference.fields.get("title")
    split = titles.without_year(field.raw) if field and field.literal else None
    if not field or not split:
        return
    title, year = split
    own = reference.issued
    if own and str(own.year) != year:
        yield Finding(f"the title ends in {year}, but the year is {own.year}", field.span, confidence=0.8)
        return
    changes = [edits.replace_value(field, title)]
    if not own:
        added = edits.fill_field(facts.bibliography.source.text, reference, "year", year)
        changes = [*changes, added] if added else []
    fix = facts.fix(f"take {year} out of the title", Applicability.SAFE, *changes)
    yield Finding(f"the title ends in the year {year}", field.span, fixes=(fix,))

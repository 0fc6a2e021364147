"""RC604."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding
from refcheck.rules.base import Facts, rule
from refcheck.text import dates, titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Bibliography, Field, Reference


@rule("RC604", "orphan-year-suffix", scope="bibliography")
def orphan_year_suffix(bibliography: Bibliography, facts: Facts) -> Iterator[Finding]:
    """A year has a letter (2024b) that tells it from no other reference.

    What it does: reports a year with a letter where no other reference of the same author and year has
    one too. `clean` takes the letter away.

    Why it matters: the letter was made for another list; here it sends readers looking for a 2024a.

    Example: `2024b` without a `2024a`.

    When it can be wrong: the other reference is in a file that is not checked in this run.
    """
    suffixed = [(reference, field, letter) for reference in bibliography.references for field, letter in _suffix(reference)]
    for reference, field, letter in suffixed:
        alike = [other for other, _, _ in suffixed if other is not reference and _group(other) == _group(reference)]
        if alike:
            continue
        year = re.sub(r"[a-z]$", "", field.raw.strip())
        fix = facts.fix(f"write {year}", Applicability.SAFE, edits.replace_value(field, year))
        other = "a" if letter != "a" else "b"
        yield Finding(f"{year}{letter} stands alone: there is no {year}{other} by this author", field.span, key=reference.key, fixes=(fix,))


def _suffix(reference: Reference) -> Iterator[tuple[Field, str]]:
    field = reference.fields.get("year")
    if field and field.literal and (match := re.fullmatch(rf"{dates.YEAR}([a-z])", field.raw.strip())):
        yield field, match[1]


def _group(reference: Reference) -> tuple[str, int | None]:
    author = titles.folded(reference.contributors[0].sort_name) if reference.contributors else ""
    return author, reference.issued.year if reference.issued else None

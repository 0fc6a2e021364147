"""RC607."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding, Severity
from refcheck.model.reference import Dialect
from refcheck.rules.base import Facts, rule
from refcheck.rules.entries.values import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC607", "page-range")
def page_range(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""A page range is written backwards, or with a single hyphen in classic BibTeX.

    What it does: reports `pages = {34--12}`; and, as information in classic BibTeX, `pages = {12-34}`, which `clean` writes with two hyphens.

    Why it matters: BibTeX prints what stands there: a hyphen where a dash belongs. A range that runs backwards finds nothing.

    Example: `pages = {12-34}` should be `pages = {12--34}`.

    When it can be wrong: `pages = {S1-12}` may be one page with a hyphen in its number; such values are left alone.
    """
    for field in written(reference, facts, frozenset({"pages"})):
        match = re.fullmatch(r"(\d+)\s*(-{1,3}|–|—)\s*(\d+)", field.raw.strip())
        if not match:
            continue
        first, last = int(match[1]), int(match[3])
        if first > last and len(match[1]) <= len(match[3]):
            yield Finding(f"the pages run backwards: {field.raw.strip()}", field.span, confidence=0.9)
        elif match[2] == "-" and facts.bibliography.dialect is Dialect.BIBTEX:
            fix = facts.fix("write two hyphens", Applicability.SAFE, edits.replace_value(field, f"{match[1]}--{match[3]}"))
            yield Finding(f"the page range {field.raw.strip()} has a single hyphen", field.span, severity=Severity.INFO, fixes=(fix,))

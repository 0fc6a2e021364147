"""RC603."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.rules.base import Facts, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC603", "contradicting-year", severity=Severity.INFO)
def contradicting_year(reference: Reference, _facts: Facts) -> Iterator[Finding]:
    """The title speaks of a later year than the one the work is dated.

    What it does: reports a year in the title (`in 2024`) that comes after the year of publication by
    up to three years.

    Why it matters: one of the two is often a slip.

    Example: `The State of Links in 2024`, dated 2023.

    When it can be wrong: works about the future (forecasts, agendas, a yearbook out in December).
    That is why it is information only.
    """
    if not reference.issued or not reference.title:
        return
    years = [int(found) for found in re.findall(r"(?<![\d.])(?:19|20)\d\d(?![\d])", reference.title)]
    later = [year for year in years if reference.issued.year < year <= reference.issued.year + 3]
    if later and not re.search(
        r"\b(?:toward|vision|agenda|horizon|forecast|outlook|by|until|roadmap|strategy|plan)\b", reference.title, re.IGNORECASE
    ):
        place = reference.fields["title"].span if "title" in reference.fields else reference.key_span
        yield Finding(f"the title speaks of {later[0]}, but the work is dated {reference.issued.year}", place, confidence=0.5)

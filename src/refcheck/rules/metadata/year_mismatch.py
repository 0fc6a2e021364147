"""RC504."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.metadata.told import mismatch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.finding import Finding
    from refcheck.model.reference import Reference


@rule("RC504", "year-mismatch", needs=Need.RECORDS)
def year_mismatch(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The year is another one in the record of the work.

    What it does: compares the year with the record's dates: online, in print, of the preprint, of a page. A year between neighbours is no
    difference, but no work is older than its preprint, and no book than its first edition. A later edition is `another-edition`. A page
    that calls itself younger than it is cited is right only where no archive had it before: pages are dated anew.

    Why it matters: it says which version was read, and who was first.

    Example: `year = {2024}` for a preprint of January 2025.

    When it can be wrong: reprints and translations have years of their own, which sources may not know.
    """
    yield from mismatch(reference, facts, "year", "the year")
    yield from mismatch(reference, facts, "year", "the year", page=True)

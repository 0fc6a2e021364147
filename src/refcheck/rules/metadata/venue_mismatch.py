"""RC505."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.metadata.told import mismatch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.finding import Finding
    from refcheck.model.reference import Reference


@rule("RC505", "venue-mismatch", needs=Need.RECORDS)
def venue_mismatch(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The work appeared elsewhere, by all records of it.

    What it does: compares the journal, book or conference with all records of the work. Abbreviations, acronyms, and the long forms
    of proceedings are no difference.

    Why it matters: readers look in the wrong place.

    Example: `booktitle = {KDD}`; the records have *International Conference on Machine Learning*, or a preprint.

    When it can be wrong: the work may have appeared in both places, and no source know one of them.
    """
    yield from mismatch(reference, facts, "container", "the journal, book or conference")

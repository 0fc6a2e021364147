"""RC506."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.metadata.told import mismatch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.finding import Finding
    from refcheck.model.reference import Reference


@rule("RC506", "page-mismatch", needs=Need.RECORDS)
def page_mismatch(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The pages, the volume or the issue are others in the record of the work.

    What it does: compares pages, volume and issue. Ranges cut short (`123-9`), a first page alone, article numbers, and pages counted
    from 1 are no difference.

    Why it matters: it is how a work is found on paper.

    Example: `pages = {435--450}` where the record has `345-360`.

    When it can be wrong: publishers count some articles in two ways.
    """
    for name, noun in (("pages", "the page range"), ("volume", "the volume"), ("number", "the issue")):
        yield from mismatch(reference, facts, name, noun)

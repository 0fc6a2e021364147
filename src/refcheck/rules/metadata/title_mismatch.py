"""RC502."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.metadata.told import mismatch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.finding import Finding
    from refcheck.model.reference import Reference


@rule("RC502", "title-mismatch", needs=Need.RECORDS)
def title_mismatch(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The title is another one in the record of the work.

    What it does: compares the title with that of the record found by identifier, or by title, authors and year. Case, punctuation, a
    missing subtitle, spellings and mark-up are no difference; another word is.

    Why it matters: who looks for the title finds something else, or nothing.

    Example: `title = {Prompt Training with Optimal Transport}`; the record has *Prompt Learning with Optimal Transport*.

    When it can be wrong: versions of a work may differ in their titles. All sources that could know another version were asked.
    """
    yield from mismatch(reference, facts, "title", "the title")

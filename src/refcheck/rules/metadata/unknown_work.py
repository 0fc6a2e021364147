"""RC501."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding
from refcheck.model.verdict import Standing
from refcheck.rules.base import Facts, Need, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC501", "unknown-work", needs=Need.RECORDS)
def unknown_work(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """No source knows the work.

    What it does: looks for papers and books in the sources that could know them (`refcheck sources` lists them), by identifier and by
    words. It speaks only where at least three answered, none of those that could know the work was away, and none has it.

    Why it matters: readers will not find it either. The title may be misremembered, the work unpublished, or there may be none.

    Example: `title = {Structured Fast Attention for Everything}`; Crossref, OpenAlex, DBLP and Semantic Scholar have no such work.

    When it can be wrong: works that no database has, as local reports, small journals, or what is very new. That nobody has it is a
    fact about sources, not about who cites it.
    """
    found = facts.record(reference)
    if found and found.standing is Standing.NOT_FOUND:
        yield Finding(found.sentence, reference.fields["title"].span, confidence=found.confidence)

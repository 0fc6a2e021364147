"""RC515."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.metadata.told import mismatch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.finding import Finding
    from refcheck.model.reference import Reference


@rule("RC515", "misattributed-page-title", needs=Need.RECORDS)
def misattributed_page_title(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The page has another title than the one cited, or is by somebody else.

    What it does: compares the title and the authors with what the page, or its archived copy, says of itself (JSON-LD, `citation_*`, Open
    Graph, HTML). The name of the site beside the title, subtitles, and a headline that the address still has are no difference.

    Why it matters: readers who search for the cited words do not find the page.

    Example: a page about *Al Nowatzki* cited with *AI Nowatzki*.

    When it can be wrong: headlines are changed after publication, and sites name authors as they like.
    """
    yield from mismatch(reference, facts, "title", "the title", page=True)
    yield from mismatch(reference, facts, "author", "the list of authors", page=True)

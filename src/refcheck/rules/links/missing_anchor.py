"""RC111."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.rules.base import Facts, Need, rule
from refcheck.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC111", "missing-anchor", severity=Severity.INFO, needs=Need.LINKS)
def missing_anchor(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The page is there, but not the place on it that the address names.

    What it does: looks for the part after `#` among the anchors of the page, where it was read to its end.

    Why it matters: the reader lands at the top of the page, and the section may have gone.

    Example: `https://example.org/guide#install` has no place 'install'.

    When it can be wrong: the page makes its anchors in the browser. Then `% refcheck: ignore missing-anchor -- why`.
    """
    for link, found in facts.verdicts(reference):
        for anchor in found.missing_anchors:
            if urls.anchor_of(link.url) == anchor:
                yield Finding(f"{link.url} has no place {anchor!r}", link.span, confidence=0.7, evidence=found.sentence)

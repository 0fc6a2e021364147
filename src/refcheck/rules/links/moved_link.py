"""RC103."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Applicability, Finding
from refcheck.model.verdict import Verdict
from refcheck.rules.base import Facts, Need, rule
from refcheck.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC103", "moved-link", needs=Need.LINKS)
def moved_link(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The page has moved for good, and its new address was seen to hold it.

    What it does: reports an address that redirects permanently (301, 308) to a page with the cited
    title, or to the same path. Redirects that are meant to be kept (DOI, shorteners, temporary ones)
    are not reported. `clean` writes the new address.

    Why it matters: redirects are switched off when sites are rebuilt; then the old address is dead.

    Example: `http://example.org/a` has moved to `https://example.org/a`.

    When it can be wrong: the site redirects by country or language. Then keep the old address with
    `% refcheck: ignore moved-link -- why`.
    """
    for link, found in facts.verdicts(reference):
        if found.verdict is not Verdict.MOVED or not found.suggestion:
            continue
        fragment = urls.split(link.url).fragment
        new = found.suggestion + (f"#{fragment}" if fragment and "#" not in found.suggestion else "")
        sure = Applicability.SAFE if found.confidence >= 0.9 else Applicability.UNSAFE
        fix = facts.fix(f"use {new}", sure, *facts.rewritten(link, new))
        yield Finding(f"{link.url} has moved to {new}", link.span, confidence=found.confidence, evidence=found.sentence, fixes=(fix,))

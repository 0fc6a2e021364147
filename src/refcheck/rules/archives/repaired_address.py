"""RC405."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Applicability, Finding, Severity
from refcheck.rules.base import Facts, Need, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC405", "repaired-address", severity=Severity.WARNING, needs=Need.ARCHIVES)
def repaired_address(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The page is gone from its address, but it was found at another one.

    What it does: looks where archived redirects led, what the archived page called its own address, and which
    archived addresses of the site have the same name or article number at their end. The new address is
    proposed only if it answers now with the cited title. `clean` writes it.

    Why it matters: sites are rebuilt without redirects, and an address copied from a page loses a hyphen at a line's end.

    Example: `https://example.org/technews/a-study/123456.cms` is now `https://example.org/tech-news/a-study/123456.cms`.

    When it can be wrong: the site has two pages with one title. Compare them before you accept it.
    """
    for link, found in facts.verdicts(reference):
        if found.repair and found.suggestion:
            fix = facts.fix(f"use {found.suggestion}", Applicability.SAFE, *facts.rewritten(link, found.suggestion))
            message = f"{link.url} is gone, but the page is at {found.suggestion}"
            yield Finding(message, link.span, confidence=0.9, evidence=found.repair, fixes=(fix,))

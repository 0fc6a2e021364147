"""RC107."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.model.finding import Applicability, Finding, Severity
from refcheck.rules.base import Facts, Need, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC107", "insecure-url", severity=Severity.INFO, needs=Need.LINKS)
def insecure_url(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """An http address whose page answers the same on https.

    What it does: asks the https address once and compares the two pages. `clean` writes https.

    Why it matters: browsers warn about http, and what is read there can be changed on the way.

    Example: `http://example.org/a` answers the same on https.

    When it can be wrong: the two are compared by their text; a page that changes at every visit is
    not reported.
    """
    for link, found in facts.verdicts(reference):
        if found.secure and link.url.lower().startswith("http:"):
            new = re.sub(r"^http:", "https:", link.url, count=1, flags=re.IGNORECASE)
            fix = facts.fix(f"use {new}", Applicability.SAFE, *facts.rewritten(link, new))
            yield Finding(f"{link.url} answers the same on https", link.span, confidence=0.95, fixes=(fix,))

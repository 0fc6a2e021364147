"""RC106."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Applicability, Finding, Severity
from refcheck.rules.base import Facts, rule
from refcheck.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC106", "malformed-url", severity=Severity.ERROR)
def malformed_url(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """An address is not a URL, so nobody can follow it.

    What it does: reports addresses with white space inside, a broken scheme, or no host name (RFC 3986).

    Why it matters: no program opens it, and most show it as plain text.

    Example: `https:/example.org/a` lacks a slash.

    When it can be wrong: the field holds something else than an address. Then it belongs into `note`.
    """
    for link in reference.links:
        if link.target is None and link.fault and link.fault != "scheme":
            repairs = bool(link.repair) and urls.read(link.repair or "").target is not None
            fix = facts.fix(f"perhaps {link.repair}", Applicability.UNSAFE, *facts.rewritten(link, link.repair or ""))
            yield Finding(f"{link.url!r} is not a URL: {link.fault}", link.span, fixes=(fix,) if repairs else ())

"""RC110."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding
from refcheck.rules.base import Facts, Need, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC110", "broken-certificate", needs=Need.LINKS)
def broken_certificate(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The site's certificate is expired, for another name, or from nobody that browsers trust.

    What it does: reads the page once without regard to the certificate, sends nothing along, and says
    what is wrong with the certificate. The link is not called dead for it.

    Why it matters: a browser shows readers a warning instead of the page.

    Example: `https://example.org/`: certificate has expired.

    When it can be wrong: a proxy in your network replaces certificates; then every site is reported.
    """
    for link, found in facts.verdicts(reference):
        if found.certificate:
            yield Finding(f"{link.url}: broken certificate: {found.certificate}", link.span, confidence=0.9, evidence=found.reason)

"""RC104."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Severity
from refcheck.model.verdict import Reason, Verdict
from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.links.gone import findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.finding import Finding
    from refcheck.model.reference import Reference


@rule("RC104", "blocked-link", severity=Severity.INFO, needs=Need.LINKS)
def blocked_link(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The site does not let programs see the page, so it cannot be verified from here.

    What it does: reports refusals (401, 403, 429, 451 and others), checks for robots, login and consent
    pages, pages that are empty without JavaScript, and redirects that never end.

    Why it matters: such a link is neither known to be alive nor known to be dead. A person can tell.

    Example: `https://example.com/article` answers 403 by Cloudflare to programs.

    When it can be wrong: a site may also refuse because the page is gone; refcheck looks for an
    archived copy for that case.
    """
    yield from findings(reference, facts, Verdict.BLOCKED, reasons=(Reason.TOO_MANY_HOPS,))

"""RC101."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Severity
from refcheck.model.verdict import Verdict
from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.links.gone import findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.finding import Finding
    from refcheck.model.reference import Reference


@rule("RC101", "dead-link", severity=Severity.ERROR, needs=Need.LINKS)
def dead_link(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The page is gone: the site says so, or its name no longer exists.

    What it does: reports an address that answers 404 (asked twice) or 410, or whose host has no
    address any more. Refusals, time-outs and trouble of the server are never called dead. Where the
    reference already carries an archived copy, the finding is information.

    Why it matters: a reader who follows the reference finds nothing.

    Example: `https://example.org/report` answers 404 Not Found, twice.

    When it can be wrong: the site answers 404 to programs only, or the name resolves only inside
    your network. Open the address in a browser; then `% refcheck: ignore dead-link -- why`.
    """
    yield from findings(reference, facts, Verdict.DEAD)

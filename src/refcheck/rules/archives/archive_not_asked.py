"""RC403."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.model.verdict import Outcome
from refcheck.rules.base import Facts, Need, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC403", "archive-not-asked", severity=Severity.INFO, needs=Need.ARCHIVES)
def archive_not_asked(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The archive could not be asked for a copy of a page that is gone, blocked or down.

    What it does: says why (too many requests, no answer in time, trouble of the archive). This is not
    the same as "no copy".

    Why it matters: there may be a copy. Run again later.

    Example: the Wayback Machine answered 429.

    When it can be wrong: it cannot; it says only what happened in this run.
    """
    for link, _ in facts.verdicts(reference):
        copy = facts.archives.get(link.target or "")
        if copy and copy.outcome is Outcome.COULD_NOT_ASK:
            yield Finding(f"{link.url}: {copy.sentence}", link.span)

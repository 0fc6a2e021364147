"""RC402."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.model.verdict import Outcome, Verdict
from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.links.gone import has_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC402", "no-archived-copy", severity=Severity.INFO, needs=Need.ARCHIVES)
def no_archived_copy(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """A page is gone, and no archived copy holds it.

    What it does: says that the archive was asked and has no copy, or only copies that do not hold the
    page, with the reasons.

    Why it matters: the reference needs a new address, another source, or a copy from elsewhere.

    Example: the Wayback Machine has no copy of `https://example.org/a`.

    When it can be wrong: other archives may have one. An archive that could not be asked is another
    finding (`archive-not-asked`).
    """
    if has_copy(reference, facts):
        return
    for link, verdict in facts.verdicts(reference):
        copy = facts.archives.get(link.target or "")
        gone = verdict.verdict in {Verdict.DEAD, Verdict.SOFT_DEAD} and not verdict.repair
        if gone and copy and copy.outcome is Outcome.NONE:
            yield Finding(f"{link.url}: {copy.sentence}", link.span, confidence=0.9)

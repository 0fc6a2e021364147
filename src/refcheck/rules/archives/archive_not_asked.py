"""RC403."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Related, Severity
from refcheck.model.verdict import Outcome
from refcheck.rules.base import Facts, Need, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Bibliography


@rule("RC403", "archive-not-asked", severity=Severity.INFO, needs=Need.ARCHIVES, scope="bibliography")
def archive_not_asked(bibliography: Bibliography, facts: Facts) -> Iterator[Finding]:
    """The archive could not be asked for a copy of pages that are gone, blocked or down.

    What it does: says why (too many requests, no answer in time, trouble of the archive), once for all the
    links that it happened to. This is not the same as "no copy".

    Why it matters: there may be a copy. Run again later.

    Example: the Wayback Machine answered 429.

    When it can be wrong: it cannot; it says only what happened in this run.
    """
    unasked = [
        (reference, link, copy)
        for reference in bibliography.references
        if reference.touched
        for link, _ in facts.verdicts(reference)
        if (copy := facts.archives.get(link.target or "")) and copy.outcome is Outcome.COULD_NOT_ASK
    ]
    if not unasked:
        return
    reference, link, copy = unasked[0]
    others = len({other.target for _, other, _ in unasked} - {link.target})
    more = f" (nor about {others} other {'link' if others == 1 else 'links'})" if others else ""
    related = tuple(Related(other.span, other.url) for _, other, _ in unasked[1:20])
    yield Finding(f"{link.url}: {copy.sentence}{more}", link.span, key=reference.key, related=related)

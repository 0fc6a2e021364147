"""RC404."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.model.verdict import LIVING, Outcome
from refcheck.rules.archives.written import copy_fix
from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.links.gone import has_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC404", "unarchived-link", severity=Severity.INFO, needs=Need.ALL_COPIES, on_request=True)
def unarchived_link(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """A page that is alive, and of which no archived copy near the reference's date is known.

    What it does: asks the archives about living pages, too. Because that is many requests to an archive, it
    runs only where it is asked for: `--select unarchived-link`, or in `refcheck archive`, which has such pages kept.

    Why it matters: half of all links are gone after ten years; a copy can only be made before.

    Example: `https://example.org/a` is alive, and the Wayback Machine has no copy.

    When it can be wrong: other archives may have a copy.
    """
    if has_copy(reference, facts):
        return
    for link, verdict in facts.verdicts(reference):
        copy = facts.archives.get(link.target or "")
        if verdict.verdict not in LIVING or copy is None:
            continue
        if copy.is_fresh and copy.memento:
            fix = copy_fix(reference, facts, copy.memento, sure=True)
            yield Finding(f"{link.url} is kept now: {copy.memento.uri}", link.span, fixes=(fix,))
            return
        if copy.outcome is Outcome.NONE or (copy.outcome is Outcome.FOUND and not copy.is_near):
            what = f"its only {copy.sentence}" if copy.memento else copy.sentence
            yield Finding(f"{link.url} is alive, and {what}", link.span, confidence=0.9)

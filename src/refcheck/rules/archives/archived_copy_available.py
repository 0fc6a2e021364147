"""RC401."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.model.verdict import NEEDS_A_COPY, Outcome, Verdict
from refcheck.rules.archives.written import copy_fix
from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.links.gone import has_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC401", "archived-copy-available", severity=Severity.INFO, needs=Need.ARCHIVES)
def archived_copy_available(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""An archived copy of a page that is gone, blocked or down was found, fetched and read.

    What it does: proposes the copy nearest to the reference's date that answered 200 and holds the
    page. Copies of error pages, redirects to the front page, checks for robots, login pages and parked
    domains are refused. `clean` adds it as `note` (BibLaTeX: `addendum`); the address stays.

    Why it matters: readers can still see what was cited.

    Example: `note = {Archived at \url{https://web.archive.org/web/20180604101112/https://example.org/a} (2018-06-04)}`

    When it can be wrong: the page may have changed between the day it was cited and the day of the
    copy; the finding says how far apart they are.
    """
    if has_copy(reference, facts):
        return
    for link, verdict in facts.verdicts(reference):
        copy = facts.archives.get(link.target or "")
        if verdict.repair or verdict.verdict not in NEEDS_A_COPY or not copy or copy.outcome is not Outcome.FOUND or not copy.memento:
            continue
        fix = copy_fix(reference, facts, copy.memento, sure=verdict.verdict is not Verdict.DOWN)
        proof = "; so the page existed" if verdict.verdict is Verdict.BLOCKED and copy.holds_title else ""
        yield Finding(f"{link.url}: {copy.sentence}{proof}", link.span, confidence=copy.confidence, fixes=(fix,))
        return

"""RC108."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.model.verdict import Outcome
from refcheck.rules.archives.written import copy_fix
from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.links.gone import has_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC108", "content-drift", needs=Need.ARCHIVES)
def content_drift(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The page is there, but it is about something else than what is cited.

    What it does: compares the title, the authors and the text of the page with the reference. Where
    nothing fits, it asks an archive for the copy near the reference's date: a copy with the cited title shows
    that the page has changed, and can be added with `clean --unsafe`. Without such a copy the finding is information.

    Why it matters: the link works, and yet readers do not find what was cited.

    Example: `https://example.org/today` shows 'Winners of the lottery', not the cited title.

    When it can be wrong: the reference describes the page in words of its own, or in another language.
    Then `% refcheck: ignore content-drift -- why`.
    """
    for link, found in facts.verdicts(reference):
        if not found.shows or has_copy(reference, facts):
            continue
        message = f"{link.url} shows {found.shows!r}, not the cited title"
        copy = facts.archives.get(link.target or "")
        if copy and copy.outcome is Outcome.NONE and copy.refused:
            continue  # its earlier copies have another title, too: the reference words it differently
        if copy and copy.outcome is Outcome.FOUND and copy.memento and copy.holds_title:
            fixes = (copy_fix(reference, facts, copy.memento, sure=False),)
            yield Finding(f"{message}; {copy.sentence}", link.span, confidence=0.85, evidence=found.sentence, fixes=fixes)
        else:
            yield Finding(message, link.span, confidence=0.4, evidence=found.sentence, severity=Severity.INFO)

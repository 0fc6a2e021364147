"""RC005."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding
from refcheck.rules.base import Facts, Need, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC005", "unused-ignore", needs=Need.FINDINGS)
def unused_ignore(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """An ignore comment that silences nothing, or names a rule that does not exist.

    What it does: reports ignore comments whose rules all ran on this reference and found nothing. Where a
    rule was not selected, or a link could not be asked, nothing is said.

    Why it matters: a comment that was right once hides the next defect of its kind.

    Example: `% refcheck: ignore dead-link` above a reference whose link works again.

    When it can be wrong: the link comes and goes; keep the comment, and ignore this rule beside it:
    `% refcheck: ignore dead-link, unused-ignore -- comes and goes`.
    """
    for ignore in reference.ignored:
        unknown = [name for name in ignore.rules if not facts.known(name)]
        if unknown:
            yield Finding(f"there is no rule {', '.join(map(repr, unknown))} to ignore", ignore.span)
        elif ignore not in facts.used_ignores and facts.could_find(reference, ignore.rules):
            what = ", ".join(ignore.rules) or "all rules"
            yield Finding(f"ignoring {what} silences nothing here any more", ignore.span, confidence=0.9)

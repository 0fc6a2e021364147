"""RC001."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.rules.base import Facts, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Bibliography


@rule("RC001", "unsplit-text", scope="bibliography")
def unsplit_text(bibliography: Bibliography, _facts: Facts) -> Iterator[Finding]:
    """Text of a list of references belongs to none of them.

    What it does: names each line of the list that was not read as a part of a reference. A page number
    or running head is information only.

    Why it matters: what is not read is not checked, and is missing from a cleaned bibliography.

    Example: a sentence of introduction below the heading, or a reference without year and address.

    When it can be wrong: the text is not meant to be a reference. Then move it out of the list, or
    leave it: it does no harm.
    """
    for problem in bibliography.problems:
        if problem.kind == "unsplit-text":
            yield Finding(f"{problem.message}; it was left out", problem.span)
        elif problem.kind == "page-furniture":
            yield Finding(problem.message, problem.span, severity=Severity.INFO)

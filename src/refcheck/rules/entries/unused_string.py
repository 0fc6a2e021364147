"""RC621."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.rules.base import Facts, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Bibliography


@rule("RC621", "unused-string", scope="bibliography", severity=Severity.INFO)
def unused_string(bibliography: Bibliography, _facts: Facts) -> Iterator[Finding]:
    r"""A @string that no entry uses.

    What it does: names the @string definitions that no value of the file mentions.

    Why it matters: it hides a slip in a name, or is left over.

    Example: `@string{jacm = {Journal of the ACM}}` and no `journal = jacm`.

    When it can be wrong: another file of the document uses it.
    """
    for problem in bibliography.problems:
        if problem.kind == "unused-string":
            yield Finding(problem.message, problem.span, key=problem.key, confidence=0.95)

"""RC620."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding
from refcheck.rules.base import Facts, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Bibliography


@rule("RC620", "undefined-string", scope="bibliography")
def undefined_string(bibliography: Bibliography, _facts: Facts) -> Iterator[Finding]:
    r"""A value uses a @string that is not defined.

    What it does: looks for names outside braces and quotation marks that no @string of the file defines, and that are no month.

    Why it matters: BibTeX warns and prints nothing in its place.

    Example: `journal = jacm` without `@string{jacm = {…}}`.

    When it can be wrong: the style defines it, as some define names of journals. Then put the rule into `ignore` of the configuration.
    """
    for problem in bibliography.problems:
        if problem.kind == "undefined-string":
            yield Finding(problem.message, problem.span, key=problem.key, confidence=0.95)

"""RC003."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.rules.base import Facts, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Bibliography


@rule("RC003", "broken-block", severity=Severity.ERROR, scope="bibliography")
def broken_block(bibliography: Bibliography, _facts: Facts) -> Iterator[Finding]:
    """A BibTeX entry does not follow the grammar and could not be read.

    What it does: says what is wrong, at which line and column. The entry is left as it is and not
    checked; the entries around it are.

    Why it matters: BibTeX skips such an entry, and sometimes the one after it.

    Example: `title = {A brace that is never closed,`

    When it can be wrong: never yet; if BibTeX reads the entry, please report it.
    """
    for problem in bibliography.problems:
        if problem.kind == "broken-block":
            message = f"{problem.message}: the entry was not read; mend it and run again"
            yield Finding(message, problem.span, key=problem.key)

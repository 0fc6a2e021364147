"""RC004."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding
from refcheck.rules.base import Facts, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Bibliography


@rule("RC004", "repeated-field", scope="bibliography")
def repeated_field(bibliography: Bibliography, _facts: Facts) -> Iterator[Finding]:
    """A field stands twice in one entry.

    What it does: names the second one, also where the two differ in case only.

    Why it matters: BibTeX reads the first and ignores the others in silence.

    Example: an entry with `note = {…}` and further down `NOTE = {…}`.

    When it can be wrong: your program joins repeated fields. BibTeX and biber do not.
    """
    for problem in bibliography.problems:
        if problem.kind == "repeated-field":
            yield Finding(problem.message, problem.span, key=problem.key, confidence=0.98)

"""RC612."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.rules.base import Facts, rule
from refcheck.rules.entries.values import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC612", "shouted-title", severity=Severity.INFO)
def shouted_title(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""The whole title is in capitals.

    What it does: reports titles of three words or more without a small letter.

    Why it matters: styles cannot bring the small letters back; the title is shouted in print.

    Example: `title = {ON THE ROTTING OF LINKS}`.

    When it can be wrong: the title is a row of acronyms.
    """
    for field in written(reference, facts, frozenset({"title", "booktitle"})):
        text = field.value
        if text.isascii() and text.isupper() and len(re.findall(r"[^\W\d_]{2,}", text)) >= 3:
            yield Finding(f"{field.name} is in capitals: {text[:60]}", field.span, confidence=0.9)

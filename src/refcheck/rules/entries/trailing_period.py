"""RC613."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding, Severity
from refcheck.rules.base import Facts, rule
from refcheck.rules.entries.values import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC613", "trailing-period", severity=Severity.INFO)
def trailing_period(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""A title ends in a full stop of its own.

    What it does: reports a full stop at the end of a title; `clean` takes it away. An abbreviation (`et al.`, `U.S.`, `vol.`) keeps its own.

    Why it matters: the style adds one, and two are printed.

    Example: `title = {A Study of Links.}`

    When it can be wrong: the title ends in an abbreviation that is not known here.
    """
    for field in written(reference, facts, frozenset({"title", "booktitle"})):
        raw = field.raw.rstrip()
        if (
            raw.endswith(".")
            and re.search(r"[^\W\d_]{4}\.$", raw)
            and not re.search(r"\b(?:vol|inc|corp|dept|prof|proc|conf|univ|assoc|intl|govt|bros)\.$", raw, re.IGNORECASE)
        ):
            fix = facts.fix("take the full stop away", Applicability.SAFE, edits.replace_value(field, raw[:-1]))
            yield Finding(f"{field.name} ends in a full stop", field.span, confidence=0.9, fixes=(fix,))

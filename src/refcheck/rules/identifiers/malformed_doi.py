"""RC202."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.bibtex import edits
from refcheck.model.finding import Applicability, Finding
from refcheck.rules.base import Facts, rule
from refcheck.rules.entries.values import written
from refcheck.text import identifiers, latex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC202", "malformed-doi")
def malformed_doi(reference: Reference, facts: Facts) -> Iterator[Finding]:
    r"""The field `doi` holds something that is no DOI.

    What it does: compares the value with the form of a DOI (10., a number, a slash, a name). Where only punctuation at its end is too much,
    `clean` takes it away.

    Why it matters: the link that a style makes of it leads nowhere.

    Example: `doi = {10.1000/182.}` ends in a full stop.

    When it can be wrong: very old DOIs may end in punctuation; the Handle System knows (the rule `dead-link` asks it).
    """
    for field in written(reference, facts, frozenset({"doi"})):
        value = latex.decode_url(field.raw)
        if re.match(r"(?:https?:|doi:|(?:dx\.)?doi\.org)", value, re.IGNORECASE):
            continue  # see identifier-as-url
        if not re.fullmatch(r"10\.\d{4,9}(?:\.\d+)*/\S+", value):
            yield Finding(f"{value[:80]!r} is no DOI", field.span, confidence=0.95)
        elif (shorter := identifiers.trimmed_doi(value)) != value:
            fix = facts.fix(f"write {shorter}", Applicability.SAFE, edits.replace_value(field, shorter))
            yield Finding(f"the DOI ends in punctuation: {value}", field.span, confidence=0.9, fixes=(fix,))

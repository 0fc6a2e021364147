"""RC619."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.model.finding import Finding
from refcheck.rules.base import Facts, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Bibliography


@rule("RC619", "missing-parent", scope="bibliography")
def missing_parent(bibliography: Bibliography, facts: Facts) -> Iterator[Finding]:
    r"""An entry inherits from one that is not there.

    What it does: looks for the keys of `crossref`, `xref` and `xdata` among the entries of the file.

    Why it matters: the fields that were to be inherited are missing in print.

    Example: `crossref = {proceedings2019}` without an entry of that key.

    When it can be wrong: the parent is in another .bib file of the document; check both together, or ignore the rule.
    """
    keys = {reference.key.lower() for reference in bibliography.references}
    for reference in bibliography.references if facts.editable else ():
        for field in (reference.fields.get(name) for name in ("crossref", "xref", "xdata")):
            for key in re.split(r"\s*,\s*", field.value) if field else ():
                if field and key and key.lower() not in keys:
                    yield Finding(f"{field.name} names {key!r}, which is not in this file", field.span, key=reference.key, confidence=0.9)

"""What became of a work since it was published, by its records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.rules.metadata.told import records, where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from refcheck.model.reference import Reference
    from refcheck.rules.base import Facts

_SAID = re.compile(r"\b(?:retract\w*|withdrawn|expression of concern)\b", re.IGNORECASE)


def updates(reference: Reference, facts: Facts, kinds: AbstractSet[str], *, preprints: bool) -> Iterator[tuple[str, float]]:
    """Yield the first update of these kinds with where it is said and how sure it is, of preprints or of what is none."""
    own = " ".join(reference.value(name) for name in ("title", "note", "addendum", "annote", "pubstate"))
    if _SAID.search(own):
        return
    for record in records(reference, facts):
        for update in record.updates:
            if update.kind in kinds and (record.kind == "preprint") == preprints:
                notice = f"notice https://doi.org/{update.notice}" if update.notice else where(record)
                when = f"{update.date}, " if update.date else ""
                yield f"{when}{notice}", 0.8 if record.source == "openalex" else 0.98
                return

"""RC512."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding
from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.metadata.updated import updates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC512", "expression-of-concern", needs=Need.RECORDS)
def expression_of_concern(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The journal has published an expression of concern about the cited work.

    What it does: reads in Crossref's record what became of the work.

    Why it matters: there is doubt about the work that is not settled; readers should know.

    Example: a record with `updated-by` of the type `expression_of_concern`.

    When it can be wrong: the doubt may have been settled since, without word to Crossref.
    """
    for told, sure in updates(reference, facts, {"expression_of_concern"}, preprints=False):
        yield Finding(f"there is an expression of concern about it ({told})", reference.key_span, confidence=sure)

"""RC511."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.metadata.updated import updates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC511", "retracted-work", severity=Severity.ERROR, needs=Need.RECORDS)
def retracted_work(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The cited work was retracted.

    What it does: reads in the records what became of the work (Crossref's `updated-by`, which has Retraction Watch's data; OpenAlex and
    PubMed). A reference that says so itself, in its title or note, is left alone.

    Why it matters: readers should know that the work does not stand any more, whatever it is cited for.

    Example: 10.1016/S0140-6736(97)11096-0, retracted in 2010.

    When it can be wrong: OpenAlex alone is sometimes wrong about it; then the confidence is lower.
    """
    for told, sure in updates(reference, facts, {"retraction", "removal", "withdrawal", "partial_retraction"}, preprints=False):
        yield Finding(f"it was retracted ({told})", reference.key_span, confidence=sure)

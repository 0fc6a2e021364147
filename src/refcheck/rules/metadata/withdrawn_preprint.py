"""RC513."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding
from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.metadata.updated import updates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC513", "withdrawn-preprint", needs=Need.RECORDS)
def withdrawn_preprint(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The cited preprint was withdrawn.

    What it does: reads in the preprint's record whether its authors or the server withdrew it.

    Why it matters: the authors do not stand by it any more, or it should not have been there.

    Example: an arXiv record whose comment says *This paper has been withdrawn by the authors*.

    When it can be wrong: some are withdrawn because a better version stands elsewhere.
    """
    for told, sure in updates(reference, facts, {"retraction", "removal", "withdrawal"}, preprints=True):
        yield Finding(f"the preprint was withdrawn ({told})", reference.key_span, confidence=sure)

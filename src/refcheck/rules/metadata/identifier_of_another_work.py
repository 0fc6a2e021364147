"""RC507."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.model.verdict import Standing
from refcheck.rules.base import Facts, Need, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC507", "identifier-of-another-work", severity=Severity.ERROR, needs=Need.RECORDS)
def identifier_of_another_work(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The identifier belongs to another work.

    What it does: asks the register of the DOI, arXiv id, PMID or ISBN what it stands for, and compares title and authors.

    Why it matters: the link leads readers to something else, and whatever counts citations counts them there.

    Example: a DOI with one digit too many, which is that of the next paper of the proceedings.

    When it can be wrong: where the register's own record is wrong, or has the title in another language.
    """
    found = facts.record(reference)
    if found and found.standing is Standing.CONFLICT:
        identifiers = [item for item in reference.identifiers if item.value in found.sentence]
        span = identifiers[0].span if identifiers else reference.key_span
        yield Finding(found.sentence, span, confidence=found.confidence)

"""RC508."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding
from refcheck.rules.base import Facts, Need, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC508", "unregistered-identifier", needs=Need.RECORDS)
def unregistered_identifier(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The DOI is not registered.

    What it does: asks the Handle System at doi.org, where no source has a record under the DOI. Where the work is known under another
    DOI, the finding names it.

    Why it matters: the link leads nowhere.

    Example: `doi = {10.1234/made.up}`

    When it can be wrong: publishers print some DOIs before they register them.
    """
    found = facts.record(reference)
    if not found or not found.unregistered:
        return
    identifiers = [item for item in reference.identifiers if item.scheme == "doi"]
    span = identifiers[0].span if identifiers else reference.key_span
    known = found.record.identifier("doi") if found.record else None
    more = f"; the work has the DOI {known}" if known and known != found.unregistered else ""
    yield Finding(f"DOI {found.unregistered} is not registered{more}", span, confidence=0.97)

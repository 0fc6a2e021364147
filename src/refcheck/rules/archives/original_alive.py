"""RC406."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding, Severity
from refcheck.model.reference import Role
from refcheck.model.verdict import LIVING
from refcheck.rules.base import Facts, Need, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC406", "original-alive", severity=Severity.INFO, needs=Need.LINKS)
def original_alive(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """Only an archived copy is cited, and its original is alive.

    What it does: where all addresses of a reference are archived copies, asks for the page that they are of.

    Why it matters: the original says who published it, and stays true if the archive goes; the copy belongs beside it.

    Example: `https://web.archive.org/web/2018/https://example.org/a` is cited, and `https://example.org/a` is alive.

    When it can be wrong: the page has changed, and the copy is what is meant. Then `% refcheck: ignore original-alive -- why`.
    """
    if any(link.role is not Role.ARCHIVED_COPY for link in reference.links):
        return
    for link in reference.links:
        copy = facts.links.get(link.target or "")
        page = copy.original if copy else None
        original = facts.links.get(page) if page else None
        if original and original.verdict in LIVING:
            message = f"{page} is alive: cite it, and keep this copy of it beside it"
            yield Finding(message, link.span, confidence=original.confidence, evidence=original.sentence)

"""RC109."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Finding
from refcheck.model.verdict import Verdict
from refcheck.rules.base import Facts, Need, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC109", "unsafe-link", needs=Need.LINKS)
def unsafe_link(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """An address leads, itself or through a redirect, into a private network.

    What it does: reports addresses on this machine, in private or link-local ranges, or at a cloud's
    metadata service. They are not asked.

    Why it matters: readers cannot open them, and a bibliography from elsewhere must not make your
    machine ask addresses inside your network.

    Example: `http://192.168.0.7/paper.pdf`

    When it can be wrong: it is your own intranet. Allow it with `--allow-private 192.168.0.0/24`.
    """
    for link, found in facts.verdicts(reference):
        if found.verdict is Verdict.UNSAFE:
            yield Finding(f"{link.url}: {found.sentence}", link.span, confidence=found.confidence, evidence=found.reason)

"""RC105."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.verdict import Verdict
from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.links.gone import findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.finding import Finding
    from refcheck.model.reference import Reference


@rule("RC105", "link-down", needs=Need.LINKS)
def link_down(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The site does not answer as it should today.

    What it does: reports time-outs, refused or broken connections, trouble of the server (5xx) and of
    the name service, after several tries. Where the reference carries an archived copy, it is
    information.

    Why it matters: it may be a bad day, or the beginning of the end. It is not called dead.

    Example: `https://example.org/` has trouble of its own: status 503, 3 times in a row.

    When it can be wrong: your own network may be in the way. Run again later.
    """
    yield from findings(reference, facts, Verdict.DOWN)

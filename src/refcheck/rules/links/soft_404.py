"""RC102."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.model.finding import Severity
from refcheck.model.verdict import Verdict
from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.links.gone import findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.finding import Finding
    from refcheck.model.reference import Reference


@rule("RC102", "soft-404", severity=Severity.ERROR, needs=Need.LINKS)
def soft_404(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The address answers, but the page is gone.

    What it does: reports an answer of 200 that is a not-found page in other words, a parked domain,
    a server's default page, or a redirect to the front page or an error page. A page that has the
    cited title is never reported, whatever its words.

    Why it matters: checkers that look at the status alone call such a link fine.

    Example: `https://example.org/story` answers 200, but says 'Page not found'.

    When it can be wrong: a short page that speaks about missing pages and has another title than the
    reference. Correct the title, or `% refcheck: ignore soft-404 -- why`.
    """
    yield from findings(reference, facts, Verdict.SOFT_DEAD)

"""RC503."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.rules.base import Facts, Need, rule
from refcheck.rules.metadata.told import mismatch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.finding import Finding
    from refcheck.model.reference import Reference


@rule("RC503", "author-mismatch", needs=Need.RECORDS)
def author_mismatch(reference: Reference, facts: Facts) -> Iterator[Finding]:
    """The authors are others in the record of the work.

    What it does: compares the lists name by name. Initials, particles, transliterations, another order, groups, and lists that say
    that there are others are no difference; another person is, or a list cut short in silence.

    Why it matters: it gives the work to people who did not write it, or takes it from those who did.

    Example: `author = {Ali Rahman and Ingrid Johansson}`; the record names Antonios Alexos and others.

    When it can be wrong: people change their names, and versions their lists.
    """
    yield from mismatch(reference, facts, "author", "the list of authors")

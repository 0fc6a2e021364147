"""RC002."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from refcheck.model.finding import Finding
from refcheck.rules.base import Facts, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.reference import Reference


@rule("RC002", "doubtful-reference")
def doubtful_reference(reference: Reference, _facts: Facts) -> Iterator[Finding]:
    """A reference was read, but not with certainty.

    What it does: says which part of a typed reference could not be placed, or may have been taken for
    another. The original text is kept in the report, and in a cleaned file as a comment.

    Why it matters: a wrong guess about author or title makes a wrong bibliography entry, and hides
    duplicates.

    Example: `Smith. 2020.` has no title.

    When it can be wrong: the reading is right after all. Look at the entry; nothing else depends on it.
    """
    if reference.doubts:
        yield Finding(_told(reference.doubts), reference.span, confidence=0.6)


@lru_cache(maxsize=1000)
def _told(doubts: tuple[str, ...]) -> str:
    """Return the doubts in a sentence: the same text for the thousands of references that lack the same."""
    return "; ".join(doubts)

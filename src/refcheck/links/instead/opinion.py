"""What a check makes of a page, and what several checks look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from refcheck.model.evidence import Page
    from refcheck.model.verdict import Reason, Verdict

TELLING_WORDS = 25  # fewer words than this tell one page of a site from another no better than a logo does, if a program may add to them
NOTICE_WORDS = 120  # a page that only its text calls missing has fewer words than this
ESSAY = 100  # words in paragraphs: no notice has so many
MOSTLY = 0.5  # share of a title


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a check makes of a page."""

    verdict: Verdict
    reason: Reason
    confidence: float
    sentence: str


def is_mostly(phrase: re.Pattern[str], name: str) -> bool:
    """Whether a part of a title between bars or dashes is for a good part a phrase: not "Site maintenance handbook: Mow in May"."""
    parts = re.split(r"\s+[|–—·•»-]+\s+", name)
    return any((match := phrase.search(part)) and len(match[0]) >= MOSTLY * len(part) for part in parts)


def shown(page: Page) -> str:
    """Return how a page is named in a sentence."""
    return repr((page.heading or (page.titles[0] if page.titles else page.sample))[:60])

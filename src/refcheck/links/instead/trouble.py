"""Checks for servers in trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.links.instead.opinion import NOTICE_WORDS, Opinion, is_mostly, shown
from refcheck.links.words import trouble
from refcheck.model.verdict import Reason, Verdict

if TYPE_CHECKING:
    from refcheck.links.content import Cited
    from refcheck.model.evidence import Page


def in_trouble(page: Page, _url: str, _asked: str, _cited: Cited) -> Opinion | None:
    """A page on which a server says that it is in trouble, or worked on."""
    if page.words < NOTICE_WORDS and page.is_html and trouble.BROKEN.search(page.sample):
        return Opinion(Verdict.DOWN, Reason.ANSWERED, 0.8, f"the server is in trouble of its own ({page.sample[:60]!r})")
    if page.words < 150 and any(is_mostly(trouble.MAINTENANCE, t) for t in (page.heading, *page.titles)):
        return Opinion(Verdict.DOWN, Reason.MAINTENANCE, 0.8, f"the site is being worked on ({shown(page)})")
    return None

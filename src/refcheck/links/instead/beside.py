"""What it means that an address beside the cited one, which cannot exist, shows the same page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from refcheck.links.content import Cited, speaks_of
from refcheck.links.instead.gates import on_every_address
from refcheck.links.instead.missing import says_missing_in
from refcheck.links.instead.opinion import ESSAY, MOSTLY, NOTICE_WORDS, TELLING_WORDS, Opinion, shown
from refcheck.links.page import resemblance
from refcheck.links.words import missing
from refcheck.model.verdict import Reason, Verdict
from refcheck.text import titles, urls

if TYPE_CHECKING:
    from refcheck.model.evidence import Chain, Page

_STATED_WORDS = 8
_SAYING_WORDS = 3  # fewer words than this say nothing at all


def confirmed(opinion: Opinion, url: str, page: Page, asked: str, sibling: Chain | None) -> Opinion | None:
    """An address that cannot exist, answered alike, makes a soft 404 nearly certain; answered honestly, it clears a page that only mentions such words."""
    if sibling is None or opinion.verdict is not Verdict.SOFT_DEAD:
        return opinion
    if _alike(url, page, sibling):
        return replace(
            opinion, confidence=max(opinion.confidence, 0.97), sentence=f"{opinion.sentence}; so does an address that cannot exist"
        )
    if sibling.last.status == 200 and sibling.page and says_missing_in(sibling.page, asked)[0]:
        return opinion
    if opinion.reason is Reason.NOT_FOUND_PAGE and page.is_html and sibling.last.status in {200, 404, 410}:
        where, _ = says_missing_in(page, asked)
        honest = sibling.last.status != 200
        if (where == "text" and missing.share_not_found(page.sample) < MOSTLY) or (honest and (where == "title" or page.prose >= ESSAY)):
            return None
    return opinion


def shows_the_same(page: Page, url: str, asked: str, cited: Cited, sibling: Chain | None) -> Opinion | None:
    """What it means that an address which cannot exist shows the same page; a gate there proves nothing about the page behind it."""
    if sibling is None or not page.is_html or urls.is_home(asked) or not _alike(url, page, sibling) or speaks_of(page, cited, asked):
        return None
    if sibling.page and (
        _is_another(page, sibling, asked) or (says_missing_in(sibling.page, asked)[0] and not says_missing_in(page, asked)[0])
    ):
        return None  # little text below a long menu
    told = bool(page.heading) and page.words >= _STATED_WORDS  # a heading with a sentence was written by somebody, not by a script
    empty = page.words < TELLING_WORDS and (page.words < _SAYING_WORDS or ("scripted" in page.signals and not told))
    if empty or ("viewer" in page.signals and page.words < NOTICE_WORDS):
        sentence = f"every address of this site shows {shown(page)} to programs: it cannot be read from here"
        return Opinion(Verdict.BLOCKED, Reason.NEEDS_JAVASCRIPT, 0.6, sentence)
    if gate := on_every_address(page):
        return gate
    same = "leads to the same page" if sibling.final_url == url else "shows the same page"
    return Opinion(Verdict.SOFT_DEAD, Reason.LIKE_A_MISSING_PAGE, 0.95, f"an address of this site that cannot exist {same} ({shown(page)})")


def _is_another(page: Page, sibling: Chain, asked: str) -> bool:
    """Whether what a page does not share with that of an address which cannot exist says more than the address does."""
    mine, theirs = (
        _words_of(text, address) for text, address in ((page.own, asked), (sibling.page.own if sibling.page else "", sibling.hops[0].url))
    )
    return bool(mine - theirs)


def _words_of(text: str, address: str) -> set[str]:
    """Return the words of a text without numbers and those of an address."""
    return {word for word in titles.folded(text).split() if word.isalpha()} - set(re.findall(r"[^\W\d_]+", titles.folded(unquote(address))))


def _alike(url: str, page: Page, sibling: Chain) -> bool:
    if sibling.last.status != 200 or sibling.page is None:
        return False
    return sibling.final_url == url or (page.words > 0 and resemblance(page.shingles, sibling.page.shingles) >= 0.9)

"""Checks for domains that are no longer what they were."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refcheck.links.content import Cited, speaks_of
from refcheck.links.instead.opinion import Opinion, shown
from refcheck.links.page import is_name_of_host
from refcheck.links.words import domains
from refcheck.model.verdict import Reason, Verdict
from refcheck.text import titles, urls

if TYPE_CHECKING:
    from refcheck.model.evidence import Page

_OFFERS = 2  # how many words of a shop or a casino a page has at least that sells what it is called by


def parked(page: Page, url: str, asked: str, _cited: Cited) -> Opinion | None:
    """A page on which its domain is for sale, or was never used."""
    if urls.site_of(url) in domains.RESELLERS and urls.site_of(url) != urls.site_of(asked):
        return Opinion(Verdict.SOFT_DEAD, Reason.PARKED, 0.95, f"it redirects to {urls.host_of(url)}, where domains are sold")
    if page.words >= 200:
        return None
    names = (page.heading,) if page.heading else page.titles
    bare = bool(names) and all(is_name_of_host(name, urls.host_of(url)) for name in names)
    named = bare or any(domains.PARKED.search(t) for t in (page.heading, *page.titles))
    told = domains.PARKED.search(page.sample)
    if ("parking" in page.signals and (named or told or page.words < 30)) or (named and told):
        return Opinion(Verdict.SOFT_DEAD, Reason.PARKED, 0.95, "the domain is parked or for sale; the page is gone")
    return None


def hijacked(page: Page, url: str, asked: str, cited: Cited) -> Opinion | None:
    """Gambling and the like where something else is cited: the domain lapsed, and somebody else has it.

    Words that only such pages have tell it alone; others, where the page sells what it names, too.
    """
    named = next((t for t in (page.heading, *page.titles) if domains.HIJACKED.search(t)), None)
    if not named or not cited.titles or _is_signed_by(page, cited):
        return None
    shown = " ".join((page.heading, *page.titles, page.sample))
    if not domains.SPAM.search(shown) and len({match[0].lower() for match in domains.SALES.finditer(shown)}) < _OFFERS:
        return None
    said = " ".join((*cited.titles, re.sub(r"\W+", " ", f"{asked} {url if urls.site_of(url) == urls.site_of(asked) else ''}")))
    if domains.HIJACKED.search(said) or speaks_of(page, cited, asked):
        return None
    return Opinion(Verdict.SOFT_DEAD, Reason.HIJACKED, 0.85, f"somebody else has the domain now: the page is {named[:80]!r}")


def _is_signed_by(page: Page, cited: Cited) -> bool:
    """Whether the text of a page names a cited author."""
    text = titles.folded(f"{' '.join(page.authors)} {page.sample}")
    return any(len(author) > 4 and titles.folded(author) in text for author in cited.authors)


def default(page: Page, _url: str, asked: str, cited: Cited) -> Opinion | None:
    """A server's own page, or that of a suspended account, where another is cited."""
    names = (page.heading, *page.titles)
    servers = page.words < 250 and (cited.titles or not urls.is_home(asked)) and any(is_only(domains.SERVER_PAGE, t) for t in names)
    if servers or (page.words < 120 and not urls.is_home(asked) and any(is_only(domains.DEFAULT_PAGE, t) for t in names)):
        return Opinion(
            Verdict.SOFT_DEAD, Reason.DEFAULT_PAGE, 0.9, f"it shows the default page of a server or a suspended account ({shown(page)})"
        )
    return None


def is_only(phrase: re.Pattern[str], name: str) -> bool:
    """Whether a title is a phrase with next to nothing behind it: not "Welcome to nginx! What the default page means"."""
    match = phrase.search(name)
    return match is not None and not re.match(r"\W*[!?.:–—-]\W+(?:\w+\W+){3,}\w", name[match.end() :])

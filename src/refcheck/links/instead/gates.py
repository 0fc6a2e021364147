"""Checks for what stands before a page: robots, logins, consent, regions, scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.links.instead.opinion import NOTICE_WORDS, TELLING_WORDS, Opinion, shown
from refcheck.links.words import gates, missing
from refcheck.model.verdict import Reason, Verdict
from refcheck.text import urls

if TYPE_CHECKING:
    from refcheck.links.content import Cited
    from refcheck.model.evidence import Chain, Page

_FORM_WORDS = 80  # of a page that is nothing but a form
_GATE_WORDS = 250  # what asks before it shows a page has fewer words than this


def wall(chain: Chain, page: Page) -> Opinion | None:
    """A challenge: marks of a wall in the source of a page with little else, whatever the status."""
    final = chain.final_url
    if {urls.host_of(final), urls.site_of(final)} & gates.WALL_HOSTS or gates.WALL_ADDRESS.search(final.partition("://")[2]):
        return Opinion(Verdict.BLOCKED, Reason.BOT_WALL, 0.95, f"it sends programs to a check for robots ({urls.host_of(final)})")
    if page.words >= 120:
        return None
    marks = gates.WALL_SIGNALS & set(page.signals)
    said = next((t for t in (page.heading, *page.titles) if gates.CHALLENGE.search(t)), "")
    early = gates.CHALLENGE.search(page.sample[:200])
    captcha = "captcha" in page.signals and page.words < 60
    plain = "described" not in page.signals  # who shows a check does not describe it to search engines
    if marks or (captcha and (said or early)) or (plain and said and (early or page.words < TELLING_WORDS)):
        whose = chain.last.detail or next(iter(sorted(marks)), "").split("-")[0].capitalize() or "the site"
        status = f"{chain.last.status} with " if chain.last.status != 200 else ""
        return Opinion(
            Verdict.BLOCKED, Reason.BOT_WALL, 0.95, f"{status}a check for robots by {whose}: programs do not get to see the page"
        )
    return None


def asks_to_log_in(page: Page, url: str, asked: str, _cited: Cited) -> Opinion | None:
    """Whether a page is a form to log in, instead of what was asked for."""
    there = gates.LOGIN_ADDRESS.search(f"{urls.split(url).path}?{urls.split(url).query}")
    sent = url != asked and there and not gates.LOGIN_ADDRESS.search(urls.split(asked).path)
    names = f"{page.heading} {' '.join(page.titles)}"
    form = "password-field" in page.signals
    named = gates.LOGIN.search(names) or gates.GATES["login"].search(f"{names} {page.sample[:300]}")
    at = page.words < _FORM_WORDS and gates.LOGIN_ADDRESS.search(f"{urls.split(asked).path}?{urls.split(asked).query}")
    asks = form and ((named and page.words < NOTICE_WORDS) or at)
    asks = asks or (page.words < NOTICE_WORDS and page.is_html and gates.MEMBERS.search(names))
    if (sent and page.words < 400) or asks:
        return Opinion(Verdict.BLOCKED, Reason.LOGIN_WALL, 0.9, "it asks to log in before it shows the page")
    return None


def asks_for_consent(page: Page, url: str, asked: str, _cited: Cited) -> Opinion | None:
    """A question for consent, or terms to agree to, before the page."""
    there, here = (f"{urls.host_of(address)}{urls.split(address).path}" for address in (url, asked))
    sent = gates.CONSENT_ADDRESS.search(there) and not gates.CONSENT_ADDRESS.search(here)
    sent = sent or (gates.TERMS_ADDRESS.search(urls.split(url).path) and not gates.TERMS_ADDRESS.search(urls.split(asked).path))
    can_answer = {"scripted", "form"} & set(page.signals)
    asks = can_answer and page.words < 150 and any(gates.CONSENT.search(t) for t in (page.heading, *page.titles))
    if sent or asks:
        return Opinion(Verdict.BLOCKED, Reason.CONSENT_WALL, 0.9, "it asks for consent before it shows the page")
    return None


def is_for_other_regions(page: Page, _url: str, _asked: str, _cited: Cited) -> Opinion | None:
    """A page that is not shown where the reader is."""
    if page.is_html and page.words < 120 and gates.REGION.search(" ".join((page.heading, *page.titles, page.sample[:300]))):
        return Opinion(Verdict.BLOCKED, Reason.REGION_WALL, 0.9, "it is not shown to readers in this region")
    return None


def needs_javascript(page: Page, _url: str, _asked: str, _cited: Cited) -> Opinion | None:
    """A page that is empty without JavaScript, or wants another browser."""
    if any(gates.UNSUPPORTED.search(t) for t in (page.heading, *page.titles)) and page.words < 120:
        return Opinion(Verdict.BLOCKED, Reason.NEEDS_JAVASCRIPT, 0.8, f"it wants another browser ({shown(page)})")
    if (
        "frames" not in page.signals
        and page.is_html
        and not page.truncated
        and page.words < 15
        and "pictures" not in page.signals
        and (page.size == 0 or "application" in page.signals or page.words == 0)
    ):
        return Opinion(Verdict.BLOCKED, Reason.NEEDS_JAVASCRIPT, 0.7, "the page is empty without JavaScript: it cannot be read from here")
    return None


_GATES = {
    "trouble": (Verdict.DOWN, Reason.ANSWERED, "every address of this site shows trouble of its own"),
    "robots": (Verdict.BLOCKED, Reason.BOT_WALL, "every address of this site shows programs a check or a refusal"),
    "login": (Verdict.BLOCKED, Reason.LOGIN_WALL, "every address of this site asks to log in or to register"),
    "consent": (Verdict.BLOCKED, Reason.CONSENT_WALL, "every address of this site asks for consent or a choice first"),
}


def on_every_address(page: Page) -> Opinion | None:
    """Return what a short page that every address shows is, by its words, where it does not say that something is missing."""
    said = " ".join((page.heading, *page.titles, page.sample[:300]))
    kind = next((kind for kind, words in gates.GATES.items() if words.search(said) and not missing.not_found(said)), None)
    kind = "login" if "password-field" in page.signals else kind
    if page.words >= _GATE_WORDS or kind is None:
        return None
    verdict, reason, sentence = _GATES[kind]
    return Opinion(verdict, reason, 0.7, f"{sentence} ({shown(page)})")

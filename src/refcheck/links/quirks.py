"""What is known of single sites, as data: which addresses a reading differs for, what to do instead, and why.

A quirk never makes a page dead by itself: `walled` turns a 404 into "cannot be verified", and `confirm`
names an address of the site that tells what the page does not show to programs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from urllib.parse import quote


class Reading(Enum):
    """What to do about the addresses of a quirk."""

    WALLED = "answers 404 to programs whether the page exists or not"
    CONFIRM = "has an address that says whether the page exists, and its title"
    NO_ANCHORS = "makes its anchors in the browser"


@dataclass(frozen=True, slots=True)
class Quirk:
    """One thing known of a site: addresses (a pattern from the host on), what to do, and why."""

    pattern: re.Pattern[str]
    reading: Reading
    why: str
    ask: str = ""


def _quirk(pattern: str, reading: Reading, why: str, ask: str = "") -> Quirk:
    return Quirk(re.compile(rf"https?://{pattern}", re.IGNORECASE), reading, why, ask)


QUIRKS: tuple[Quirk, ...] = (
    _quirk(r"(?:[a-z]{2,3}\.|www\.)?linkedin\.com/", Reading.WALLED, "LinkedIn answers 999 or 404 to whoever is not logged in"),
    _quirk(r"(?:www\.)?jstor\.org/", Reading.WALLED, "JSTOR shows programs a check, or 404"),
    _quirk(r"(?:www\.|m\.)?(?:facebook|instagram|threads)\.(?:com|net)/", Reading.WALLED, "Meta's sites want a login, and answer 404 without"),
    _quirk(r"(?:www\.|mobile\.)?(?:x|twitter)\.com/", Reading.WALLED, "X is a program; what it answers to others says nothing"),
    _quirk(r"(?:papers\.|www\.)?ssrn\.com/", Reading.WALLED, "SSRN refuses programs in several ways"),
    _quirk(r"(?:www\.|smile\.)?amazon\.(?:com|de|fr|it|es|nl|ca|in|co\.uk|co\.jp|com\.au|com\.br)/", Reading.WALLED, "Amazon answers 404 and 503 to programs"),
    _quirk(r"(?:www\.)?researchgate\.net/", Reading.WALLED, "ResearchGate shows programs a check"),
    _quirk(
        r"(?:(?:www\.|m\.)?youtube\.com/(?:watch\?|shorts/|playlist\?)|youtu\.be/[\w-])", Reading.CONFIRM,
        "YouTube answers 200 for videos that do not exist, and asks for consent in some countries; its oEmbed address tells (oembed.com)",
        "https://www.youtube.com/oembed?format=json&url={url}",
    ),
    _quirk(
        r"(?:www\.)?vimeo\.com/\d+", Reading.CONFIRM, "Vimeo refuses many programs; its oEmbed address tells (oembed.com)",
        "https://vimeo.com/api/oembed.json?url={url}",
    ),
    _quirk(
        r"(?:www\.|mobile\.)?(?:x|twitter)\.com/\w+/status/\d+", Reading.CONFIRM, "posts need JavaScript; X's oEmbed address has their text",
        "https://publish.twitter.com/oembed?omit_script=true&url={url}",
    ),
    _quirk(r"github\.com/[^/]+/[^/]+/(?:blob|blame)/", Reading.NO_ANCHORS, "GitHub numbers lines in the browser"),
    _quirk(r"docs\.google\.com/", Reading.NO_ANCHORS, "Google Docs are programs"),
)  # fmt: skip


def is_walled(url: str) -> bool:
    """Whether a 404 of this site to a program means nothing."""
    return _find(url, Reading.WALLED) is not None


def has_anchors(url: str) -> bool:
    """Whether the anchors of a page can be seen in its source."""
    return _find(url, Reading.NO_ANCHORS) is None


def confirming(url: str) -> str | None:
    """Return the address that tells whether a page exists, where the site has one."""
    quirk = _find(url, Reading.CONFIRM)
    return quirk.ask.format(url=quote(url, safe="")) if quirk else None


def _find(url: str, reading: Reading) -> Quirk | None:
    return next((quirk for quirk in QUIRKS if quirk.reading is reading and quirk.pattern.match(url)), None)

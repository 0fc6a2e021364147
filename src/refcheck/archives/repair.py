"""Where is a page that is gone from its address now?

The candidates, cheapest first: where archived redirects led, what the archived page called its own address, and
archived addresses of the same host with the same last path segment or article number (one query of the index, with a limit).
A candidate counts only if it answers now and holds the page.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlencode

from refcheck.archives.wayback import CDX, CDX_TIMEOUT, HOST
from refcheck.links import content
from refcheck.links.content import Cited
from refcheck.links.instead import missing
from refcheck.links.probe import follow
from refcheck.model.evidence import Repair
from refcheck.model.flow import Flow, Request, Response, send
from refcheck.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.model.evidence import ArchiveEvidence, Page

_TRIED = 6
_CLOSING = re.compile(r"(?:%(?:22|27|29|2C|3E|5D|7D|E2%80%9[0-9A-D])|[.,;:)\]'*])+$", re.IGNORECASE)


def repair(original: str, cited: Cited, evidence: ArchiveEvidence, *, host_answers: bool) -> Flow[Repair]:
    """Look for the page's address of today; the index is only asked where the host answers at all."""
    known = Cited((*cited.titles, *_archived_titles(evidence)), cited.authors, cited.years)
    tried: list[str] = []
    for how, candidate in _told(original, evidence):
        if page := (yield from _held(candidate, known, tried)):
            return Repair(original, candidate, how, page=page)
    if not host_answers:
        return Repair(original, troubled=evidence.trouble is not None)
    for variant in variants(original):
        if page := (yield from _held(variant, known, tried)):
            return Repair(original, variant, "it is the same address but for an escape, or what stood at its end", page=page)
    listed = yield from _listed(original)
    if listed is None:
        return Repair(original, troubled=True)
    for candidate in sorted(listed, key=lambda url: _distance(original, url)):
        if len(tried) < _TRIED and (page := (yield from _held(candidate, known, tried))):
            return Repair(original, candidate, "it has the same name or number at another place of the site", page=page)
    return Repair(original, troubled=evidence.trouble is not None)


def variants(url: str) -> Iterator[str]:
    """Yield other spellings of an address: not escaped twice, and without what closed the sentence or the quotation.

    A slash at the end, `www.` and the scheme are tried by `links.probe`.
    """
    once = re.sub(r"%25(?=[0-9A-Fa-f]{2})", "%", url)
    trimmed = _CLOSING.sub("", url)
    yield from (variant for variant in (once, trimmed) if variant != url)


def _archived_titles(evidence: ArchiveEvidence) -> tuple[str, ...]:
    """Return the titles of archived copies that answered 200: what the page was called."""
    pages = [c.chain.page for c in evidence.candidates if c.chain.last.status == 200 and c.chain.page]
    return tuple(page.titles[0] for page in pages if page.titles and not content.says_missing(page.titles[0]))


def _told(original: str, evidence: ArchiveEvidence) -> Iterator[tuple[str, str]]:
    """Yield what the archived copies themselves say of another address."""
    for candidate in evidence.candidates:
        for hop in candidate.chain.hops:
            if hop.location and not missing.is_sent_home(original, hop.location):
                yield "an archived redirect led there", hop.location
        page = candidate.chain.page
        if page and page.canonical and candidate.chain.last.status == 200:
            yield "the archived page called it its own address", page.canonical


def _held(candidate: str, cited: Cited, tried: list[str]) -> Flow[Page | None]:
    """Ask a candidate, unless it was asked before; return its page, without the text, where it answers and is the cited one."""
    if candidate in tried or urls.is_home(candidate):
        return None
    tried.append(candidate)
    chain = yield from follow(candidate, cited)
    at_home = len(chain.hops) == 1 or not urls.is_home(chain.final_url)
    is_it = chain.last.status == 200 and chain.page is not None and at_home and content.holds(chain.page, cited)
    return replace(chain.page, text="") if is_it and chain.page else None


def token_of(url: str) -> str | None:
    """Return what tells a page's address from the others of its site: an article's number, else the name at its end."""
    path = unquote(urls.split(url).path)
    if numbers := re.findall(r"(?<!\d)\d{5,}(?!\d)", path):
        return str(max(numbers, key=len))
    name = re.sub(r"\.\w{2,5}$", "", path.rstrip("/").rpartition("/")[2])
    return name if len(name) >= 10 and re.search(r"[-_ \d]", name) else None


def _listed(original: str) -> Flow[list[str] | None]:
    """Ask the index for archived addresses of the host that share the token; None where it does not answer."""
    token = token_of(original)
    if token is None:
        return []
    query = urlencode(
        {
            "url": urls.host_of(original), "matchType": "host", "output": "json", "fl": "original", "collapse": "urlkey", "limit": "20",
            "filter": f"original:.*{_pattern(token)}.*",
        },
        quote_via=quote,
    )  # fmt: skip
    reply = yield from send(Request(f"{HOST}/cdx/search/cdx?{query}", lane=CDX, timeout=CDX_TIMEOUT))
    if not isinstance(reply, Response) or reply.status != 200:
        return None
    try:
        rows = json.loads(reply.body.decode("utf-8", "replace").strip() or "[]")
        found = [urls.read(str(row[0])).target for row in rows[1:]]
    except (ValueError, TypeError, IndexError, KeyError):
        return None
    same = urls.identity(original)
    return [url for url in dict.fromkeys(found) if url and urls.identity(url) != same and urls.site_of(url) == urls.site_of(original)]


def _pattern(token: str) -> str:
    """Return a pattern that finds a token with any hyphens: one may have been lost at a line's end, or added there."""
    if token.isdigit():
        return token
    letters = [re.sub(r"([.^$*+?{}\[\]|()\\])", r"\\\1", letter) for letter in token.replace("-", "")[:60]]
    return "-?".join(letters)


def _distance(one: str, other: str) -> tuple[int, int]:
    """Return how unlike two addresses are: the segments that differ, then the difference in length."""
    a, b = (set(urls.split(url).path.split("/")) for url in (one, other))
    return len(a ^ b), abs(len(one) - len(other))

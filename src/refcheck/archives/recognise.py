"""Addresses that are archived copies: of which page, and of when?

The forms: `web.archive.org/web/{timestamp}/{url}`, `archive.today/{timestamp}/{url}` (and its other names), pywb's
`{archive}/wayback/{timestamp}/{url}`. A short address (`archive.ph/AbCdE`, `perma.cc/1234-ABCD`) does not say of which page it is;
perma.cc's public API does: `GET https://api.perma.cc/v1/public/archives/{guid}/`.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from refcheck.links.probe import hop_of
from refcheck.model.evidence import Chain, Hop, Memento, Page
from refcheck.model.flow import Failure, Flow, Request, Response, send, shared
from refcheck.text import urls
from refcheck.text.printable import printable

if TYPE_CHECKING:
    from refcheck.model.flow import Reply

_FORMS = (
    ("Wayback Machine", re.compile(r"https?://web\.archive\.org/(?:web/)?(\d{4,14})(?:[a-z]{2}_)?/(.+)", re.IGNORECASE | re.DOTALL)),
    (
        "archive.today",
        re.compile(r"https?://(?:www\.)?archive\.(?:today|is|ph|md|li|vn|fo)/([\d.-]{4,19})/(.+)", re.IGNORECASE | re.DOTALL),
    ),
    ("", re.compile(r"https?://[^/]+/(?:wayback|noFrame/replay|web|all|public)/(\d{8,14})(?:[a-z]{2}_)?/(.+)", re.IGNORECASE | re.DOTALL)),
)
_PERMA = re.compile(r"https?://(?:www\.)?perma\.cc/([A-Z0-9]{4}-[A-Z0-9]{4})(?:[/?#].*)?", re.IGNORECASE)


def memento_of(url: str) -> Memento | None:
    """Return the copy that an address names, with its original; None for other addresses, and for those that do not tell."""
    for archive, form in _FORMS:
        match = form.fullmatch(url.strip())
        captured = moment(re.sub(r"\D", "", match[1])) if match else None
        if match and captured and (archive or urls.ARCHIVES.match(url)):
            written = re.sub(r"^(https?):/+", r"\1://", match[2])
            original = urls.read(written if "://" in written else f"http://{written}").target
            if original:
                return Memento(original, url, captured, archive or urls.host_of(url))
    return None


def original_of(url: str, page: Page | None) -> str | None:
    """Return the page of which an address is a copy: by the address, else by the long form that the copy says is its own."""
    if not urls.ARCHIVES.match(url):
        return None
    found = memento_of(url) or (memento_of(page.canonical) if page and page.canonical else None)
    return found.original if found else None


def moment(timestamp: str) -> datetime | None:
    """Return the time that a timestamp of 4 to 14 digits names; None where it names none."""
    filled = timestamp + "00000101000000"[len(timestamp) :]
    try:
        return datetime.strptime(filled, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def perma_id(url: str) -> str | None:
    """Return the identifier of a copy at perma.cc."""
    match = _PERMA.fullmatch(url.strip())
    return match[1].upper() if match else None


def ask_perma(guid: str) -> Flow[Reply]:
    """Ask perma.cc about one of its copies, once a run."""
    return (yield from shared(f"perma {guid}", lambda: send(Request(f"https://api.perma.cc/v1/public/archives/{guid}/"))))


def perma_original(reply: Reply) -> tuple[str, str] | None:
    """Return (original, title) from what perma.cc says of a copy."""
    if isinstance(reply, Failure) or reply.status != 200:
        return None
    try:
        told = json.loads(reply.body)
        written = told["url"]
        original = urls.read(written).target if isinstance(written, str) else None
    except (ValueError, KeyError, TypeError):
        return None
    return (original, str(told.get("title") or "")) if original else None


def perma_chain(target: str, reply: Reply) -> Chain:
    """Return what perma.cc's answer means for the copy itself: there with its title, or not."""
    found = perma_original(reply)
    if isinstance(reply, Response) and found:
        shown = Page("application/json", len(reply.body), truncated=False, titles=(printable(found[1], 300),) if found[1] else ())
        return Chain((Hop(target, 200, reply.at),), shown)
    return Chain((hop_of(target, reply),), None)

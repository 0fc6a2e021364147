"""The Wayback Machine: which copy is nearest to a date, and what does that copy hold?

The TimeGate form (`/web/{timestamp}id_/{url}`) answers with the nearest copy; `id_` gives the
original bytes and status. Only where that copy will not do is the CDX index asked, once: it is slow
and allows 30 requests a minute. Sources: RFC 7089; the Wayback CDX server's README; the facts of the
availability API (an empty answer does not mean that there is no copy) are why it is not used.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from refcheck.archives import choose
from refcheck.links import page
from refcheck.model.evidence import ArchiveEvidence, Candidate, Chain, Hop, Memento
from refcheck.model.flow import Failure, Flow, Request, Response, send
from refcheck.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.links.content import Cited

HOST = "https://web.archive.org"
PLAYBACK, CDX = "wayback", "wayback-cdx"
MAX_HOPS = 5
TRIES = 3
_VIEW = re.compile(r"(?:https?://)?web\.archive\.org/(?:web/)?(\d{4,14})(?:[a-z]{2}_)?/(.+)", re.IGNORECASE | re.DOTALL)


def memento_of(url: str) -> Memento | None:
    """Return the copy that an address of the Wayback Machine names, or None for other addresses."""
    match = _VIEW.fullmatch(url.strip())
    captured = _moment(match[1]) if match else None
    if not match or not captured:
        return None
    original = re.sub(r"^(https?):/+", r"\1://", match[2])
    return _memento(match[1], original if "://" in original else f"http://{original}", captured)


def _memento(timestamp: str, original: str, captured: datetime) -> Memento:
    original = re.sub(r"^(https?://[^/:]+):80(?=/|$)", r"\1", original)
    return Memento(original, f"{HOST}/web/{timestamp}/{original}", captured)


def _moment(timestamp: str) -> datetime | None:
    filled = timestamp + "00000101000000"[len(timestamp) :]
    try:
        return datetime.strptime(filled, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def look_up(original: str, wanted: datetime, cited: Cited, *, dated: bool) -> Flow[ArchiveEvidence]:
    """Ask for the copy nearest to a date, fetch it, and others where it does not hold the page.

    `dated` says that the date is the reference's, not just today's.
    """
    target = wanted if dated else None
    found = yield from fetch(f"{wanted:%Y%m%d%H%M%S}", original)
    if isinstance(found, str):
        return ArchiveEvidence(original, target, trouble=found)
    if found is None:
        return ArchiveEvidence(original, target)
    if found.chain.last.detail == "excluded":
        return ArchiveEvidence(original, target, excluded=True)
    if choose.refusal(found, original, cited) is None:
        return ArchiveEvidence(original, target, (found,))
    rows = yield from _index(original, wanted)
    if isinstance(rows, str):
        return ArchiveEvidence(original, target, (found,), trouble=rows)
    more, trouble = yield from _try(rows, found, original, cited)
    return ArchiveEvidence(original, target, (found, *more), trouble=trouble)


def _try(rows: list[Memento], first: Candidate, original: str, cited: Cited) -> Flow[tuple[list[Candidate], str | None]]:
    """Fetch up to three other copies until one holds the page; say what was in the way, if anything."""
    candidates: list[Candidate] = []
    trouble: str | None = None
    for memento in [m for m in rows if m.uri != first.memento.uri][:TRIES]:
        found = yield from fetch(f"{memento.captured_at:%Y%m%d%H%M%S}", memento.original)
        if isinstance(found, str):
            trouble = found
        elif found is not None:
            candidates.append(found)
            if choose.refusal(found, original, cited) is None:
                return candidates, None
    return candidates, trouble


def fetch(timestamp: str, original: str) -> Flow[Candidate | str | None]:
    """Fetch the copy nearest to a timestamp, following archived redirects inside the archive.

    Returns the copy with what it holds; None where the archive has none; a sentence where it could
    not be asked. The addresses of the hops are the originals'.
    """
    url = f"{HOST}/web/{timestamp}id_/{original}"
    hops: list[Hop] = []
    memento: Memento | None = None
    for _ in range(MAX_HOPS + 2):
        reply = yield from send(Request(url, lane=PLAYBACK, headers=(("Accept-Encoding", "identity"),)))
        if isinstance(reply, Failure):
            return f"the Wayback Machine could not be asked: {reply.detail or reply.kind}"
        captured = "memento-datetime" in reply.headers
        here = memento_of(url)
        if not captured and reply.status in {301, 302, 303, 307, 308}:
            url = _inside(reply, url)
            continue
        if not captured or here is None:
            return _without_copy(reply, memento, hops)
        memento = memento or here
        location = reply.headers.get("location") if 300 <= reply.status < 400 else None
        next_url = _inside(reply, url) if location else None
        archived_target = memento_of(next_url) if next_url else None
        hops.append(Hop(here.original, reply.status, reply.at, archived_target.original if archived_target else location))
        if next_url and archived_target:
            url = next_url
            continue
        return Candidate(memento, Chain(tuple(hops), page.read(_unpacked(replace(reply, url=here.original)))))
    return Candidate(memento, Chain(tuple(hops), None, looping=True)) if memento and hops else "the Wayback Machine redirects in a circle"


def _inside(reply: Response, url: str) -> str:
    """Return where an answer of the archive leads, kept in the form that gives the original bytes."""
    target = urls.join(url, reply.headers.get("location", "")) or url
    memento = memento_of(target)
    return f"{HOST}/web/{memento.captured_at:%Y%m%d%H%M%S}id_/{memento.original}" if memento else target


def _without_copy(reply: Response, memento: Memento | None, hops: list[Hop]) -> Candidate | str | None:
    """Judge an answer of the archive itself rather than of a copy."""
    error = reply.headers.get("x-archive-wayback-runtime-error", "")
    if memento and hops:  # an archived redirect whose target was not archived
        return Candidate(memento, Chain((*hops, replace(hops[-1], url=hops[-1].location or hops[-1].url, status=404, location=None)), None))
    if reply.status == 403 and ("AdministrativeAccess" in error or "RobotAccess" in error):
        excluded = Memento("", "", reply.at)
        return Candidate(excluded, Chain((Hop("", 403, reply.at, detail="excluded"),), None))
    if reply.status == 404:
        return None
    return f"the Wayback Machine answered {reply.status}"


def _unpacked(reply: Response) -> Response:
    """Undo the compression that the archive sometimes leaves on without saying so."""
    if not reply.body.startswith(b"\x1f\x8b"):
        return reply
    try:
        return replace(reply, body=zlib.decompressobj(31).decompress(reply.body, 1_000_000))
    except zlib.error:
        return reply


def _index(original: str, wanted: datetime) -> Flow[list[Memento] | str]:
    """Ask the CDX index for copies that answered 200, nearest first, one for each distinct content."""
    query = urlencode(
        {
            "url": original, "output": "json", "fl": "timestamp,original,mimetype,statuscode,digest", "filter": "statuscode:200",
            "closest": f"{wanted:%Y%m%d%H%M%S}", "sort": "closest", "limit": "10", "collapse": "digest",
        },
        quote_via=quote,
    )  # fmt: skip
    reply = yield from send(Request(f"{HOST}/cdx/search/cdx?{query}", lane=CDX))
    if isinstance(reply, Failure):
        return f"the index of the Wayback Machine could not be asked: {reply.detail or reply.kind}"
    if reply.status != 200:
        return f"the index of the Wayback Machine answered {reply.status}"
    try:
        rows = json.loads(reply.body.decode("utf-8", "replace").strip() or "[]")
        return list(_mementos(rows))
    except (ValueError, TypeError, AttributeError, IndexError, KeyError):
        return "the index of the Wayback Machine answered with something else than JSON"


def _mementos(rows: list[list[str]]) -> Iterator[Memento]:
    digests: set[str] = set()
    header = rows[0] if rows else []
    for values in rows[1:]:
        row = dict(zip(header, values, strict=False))
        captured = _moment(row["timestamp"])
        if captured and row.get("digest", "") not in digests:
            digests.add(row.get("digest", ""))
            yield _memento(row["timestamp"], row["original"], captured)

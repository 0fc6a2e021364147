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
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from refcheck.archives import choose, recognise
from refcheck.archives.archive import Archive
from refcheck.links import page
from refcheck.model.evidence import Candidate, Chain, Hop, Memento
from refcheck.model.flow import Failure, Flow, Reply, Request, Response, send, shared
from refcheck.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from refcheck.archives.archive import Answer

HOST = "https://web.archive.org"
NAME = "Wayback Machine"
PLAYBACK, CDX = "wayback", "wayback-cdx"
MAX_HOPS = 5
CDX_TIMEOUT = 75.0  # seconds: it was seen to take 15 to 52 for one address


def _memento(timestamp: str, original: str, captured: datetime) -> Memento:
    original = re.sub(r"^(https?://[^/:]+):80(?=/|$)", r"\1", original)
    return Memento(original, f"{HOST}/web/{timestamp}/{original}", captured)


def memento_of(url: str) -> Memento | None:
    """Return the copy that an address of the Wayback Machine names, with its address in the plain form."""
    found = recognise.memento_of(url)
    if found is None or found.archive != NAME:
        return None
    return _memento(f"{found.captured_at:%Y%m%d%H%M%S}", found.original, found.captured_at)


def nearest(original: str, wanted: datetime) -> Flow[Answer]:
    """Fetch the copy nearest to a date."""
    return (yield from fetch(f"{wanted:%Y%m%d%H%M%S}", original))


def fetched(memento: Memento) -> Flow[Answer]:
    """Fetch a copy."""
    return (yield from fetch(f"{memento.captured_at:%Y%m%d%H%M%S}", memento.original))


def first_capture(original: str) -> Flow[datetime | None]:
    """Return when the archive first kept an address; None where it has no copy, or could not be asked.

    The TimeGate form takes `0` for the oldest copy.
    """
    url = f"{HOST}/web/0id_/{original}"
    reply = yield from send(Request(url, lane=PLAYBACK, headers=(("Accept-Encoding", "identity"),), body_limit=1024))
    if isinstance(reply, Failure):
        return None
    memento = memento_of(_inside(reply, url) if 300 <= reply.status < 400 else reply.url)
    return memento.captured_at if memento and memento.captured_at.year > 1 else None


def fetch(timestamp: str, original: str) -> Flow[Candidate | str | None]:
    """Fetch the copy nearest to a timestamp, following archived redirects inside the archive.

    Returns the copy with what it holds; None where the archive has none; a sentence where it could
    not be asked. The addresses of the hops are the originals'.
    """
    url = f"{HOST}/web/{timestamp}id_/{original}"
    hops: list[Hop] = []
    memento: Memento | None = None
    for _ in range(MAX_HOPS + 2):
        reply = yield from _played(url, again=memento is not None)
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
        return Candidate(memento, Chain(tuple(hops), replace(page.read(_unpacked(replace(reply, url=here.original))), text="")))
    return Candidate(memento, Chain(tuple(hops), None, looping=True)) if memento and hops else "the Wayback Machine redirects in a circle"


def _played(url: str, *, again: bool) -> Flow[Reply]:
    """Ask for a copy's original bytes; where archived redirects led, once a run, because many lead to one place."""
    request = Request(url, lane=PLAYBACK, headers=(("Accept-Encoding", "identity"),))
    return (yield from shared(f"copy {url}", lambda: send(request)) if again else send(request))


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
        return Candidate(excluded, Chain((Hop("", 403, reply.at, detail=choose.EXCLUDED),), None))
    if reply.status == 404:
        return None
    return f"the Wayback Machine answered {reply.status}" + (" without a copy" if reply.status == 200 else "")


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
    reply = yield from send(Request(f"{HOST}/cdx/search/cdx?{query}", lane=CDX, timeout=CDX_TIMEOUT))
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
        captured = recognise.moment(row["timestamp"])
        if captured and row.get("digest", "") not in digests:
            digests.add(row.get("digest", ""))
            yield _memento(row["timestamp"], row["original"], captured)


ARCHIVE = Archive(NAME, nearest, _index, fetched)

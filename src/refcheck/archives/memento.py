"""Any archive with a Memento TimeGate (RFC 7089): which copy is nearest to a date?

`GET {timegate}{url}` with `Accept-Datetime` answers with a redirect to the copy, or with the copy itself; a copy
carries `Memento-Datetime`. The aggregator of Time Travel has ended; MemGator, run by whoever wants one, has a TimeGate of this form.
"""

from __future__ import annotations

from dataclasses import replace
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING

from refcheck.archives import wayback
from refcheck.archives.archive import Archive
from refcheck.links import page
from refcheck.model.evidence import Candidate, Chain, Hop, Memento
from refcheck.model.flow import Failure, Flow, Request, Response, send
from refcheck.text import urls

if TYPE_CHECKING:
    from datetime import datetime

    from refcheck.archives.archive import Answer

MAX_HOPS = 6


def archive(timegate: str) -> Archive:
    """Return the archive behind a TimeGate; `timegate` is the address that the original's is appended to."""
    return Archive(urls.host_of(timegate), partial(_nearest, timegate))


def _nearest(timegate: str, original: str, wanted: datetime) -> Flow[Answer]:
    name = urls.host_of(timegate)
    url, headers = f"{timegate}{original}", (("Accept-Datetime", format_datetime(wanted, usegmt=True)),)
    hops: list[Hop] = []
    for _ in range(MAX_HOPS):
        if found := wayback.memento_of(url):  # an aggregator's answer: its original bytes tell, not the archive's view of them
            return (yield from wayback.fetched(found))
        reply = yield from send(Request(url, headers=headers))
        if isinstance(reply, Failure):
            return f"{name} could not be asked: {reply.detail or reply.kind}"
        if 300 <= reply.status < 400 and (target := urls.join(url, reply.headers.get("location", ""))):
            if captured_at(reply):  # a redirect that was archived, not one of the TimeGate
                hops.append(Hop(original, reply.status, reply.at, target))
            url = target
            continue
        captured = captured_at(reply)
        if captured is None:
            return None if reply.status == 404 else f"{name} answered {reply.status}"
        here = urls.join(url, reply.headers.get("content-location", "")) or url
        read = replace(page.read(replace(reply, url=original)), text="")
        return Candidate(Memento(original, here, captured, name), Chain((*hops, Hop(original, reply.status, reply.at)), read))
    return f"{name} redirects in a circle"


def captured_at(reply: Response) -> datetime | None:
    """Return when a copy was taken, by its Memento-Datetime; None where the answer is no copy."""
    try:
        return parsedate_to_datetime(reply.headers.get("memento-datetime", ""))
    except ValueError:
        return None

"""Identifiers that resolve: is a DOI or a Handle registered at all?

The Handle System answers that itself, without the publisher, whose walls say nothing about the
identifier: `GET https://doi.org/api/handles/{name}?type=URL` gives a `responseCode`: 1 found, 2 trouble,
100 not found, 200 found but without a URL, 301 no such prefix (Handle.net Technical Manual; doi.org's REST API).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from refcheck.model.evidence import Hop
from refcheck.model.flow import Failure, Flow, Request, send, shared
from refcheck.text import urls

if TYPE_CHECKING:
    from refcheck.model.flow import Reply

_RESOLVERS = {"doi.org": "doi.org", "dx.doi.org": "doi.org", "www.doi.org": "doi.org", "hdl.handle.net": "hdl.handle.net"}
_NAME = re.compile(r"/((?:10\.\d{4,9}(?:\.\d+)*|\d[\d.]*)/.+)", re.DOTALL)
_FOUND, _MISSING = frozenset({1, 200}), frozenset({100, 301})


@dataclass(frozen=True, slots=True)
class Registration:
    """Whether a name is registered, and the answer that says so."""

    known: bool
    hop: Hop


def name_of(url: str) -> tuple[str, str] | None:
    """Return (resolver, name) of an address that is a DOI or a Handle, or None for other addresses."""
    parts = urls.split(url)
    resolver = _RESOLVERS.get((parts.hostname or "").lower())
    match = _NAME.fullmatch(unquote(parts.path)) if resolver else None
    return (resolver, match[1]) if resolver and match else None


def is_registered(url: str) -> Flow[Registration | None]:
    """Ask whether the identifier of an address is registered; None where that cannot be known."""
    found = name_of(url)
    if found is None:
        return None
    resolver, name = found
    return (yield from shared(f"handle:{resolver}/{name.lower()}", lambda: _ask(resolver, name)))


def _ask(resolver: str, name: str) -> Flow[Registration | None]:
    reply = yield from send(Request(f"https://{resolver}/api/handles/{quote(name, safe='/;:()')}?type=URL"))
    known = read(reply)
    if known is None or isinstance(reply, Failure):
        return None
    return Registration(known, Hop(reply.url, reply.status, reply.at, attempts=reply.attempts))


def read(reply: Reply) -> bool | None:
    """Return what an answer of the Handle System says; whatever is not its own says nothing."""
    if isinstance(reply, Failure):
        return None
    try:
        answer = json.loads(reply.body)
    except (ValueError, RecursionError):
        return None
    code = answer.get("responseCode") if isinstance(answer, dict) else None
    return True if code in _FOUND else False if code in _MISSING else None

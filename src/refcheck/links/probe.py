"""Ask an address, and whatever else must be asked before judging it.

Every flow here only describes the conversation; `judge` decides what the answers mean. One address
costs one request where the answer is plain; a second look, another spelling, or an address that cannot
exist (a sibling) are asked only where the first answer leaves a doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from refcheck.links import content, instead, judge, page, quirks, registry
from refcheck.links.content import Cited
from refcheck.model.evidence import Chain, Hop, LinkEvidence
from refcheck.model.flow import Failure, FailureKind, Flow, Reply, Request, Response, send, shared
from refcheck.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_HOPS = 20
NOTHING_CITED = Cited()
SECOND_LOOK_AFTER = 2.0  # seconds
OR_ANSWERS = 5  # of the same host: it is not amid some trouble then
_SHORT, _LONG = 131_072, 2_000_000  # bytes of a page that are read; where an anchor is looked for, nearly every page to its end
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LARGE = re.compile(
    r"\.(?:zip|gz|tgz|bz2|xz|7z|rar|iso|dmg|exe|msi|apk|mp4|m4v|mov|avi|mkv|webm|mp3|wav|flac|parquet|h5|ckpt|safetensors|whl)$",
    re.IGNORECASE,
)


def probe(target: str, cited: Cited) -> Flow[LinkEvidence]:
    """Ask one address; return what was seen of it, without the texts of its pages."""
    seen = _compared((yield from _seen(target, cited)))
    compares = seen.sibling is not None or seen.variant_kind == "https"

    def kept(chain: Chain | None) -> Chain | None:
        if chain is None or chain.page is None:
            return chain
        sample = page.shingles(chain.page.text) if compares else frozenset[int]()
        return replace(chain, page=replace(chain.page, text="", shingles=sample))

    first = kept(seen.first) or seen.first
    return replace(
        seen, first=first, again=kept(seen.again), variant=kept(seen.variant), sibling=kept(seen.sibling), unverified=kept(seen.unverified)
    )


def _compared(seen: LinkEvidence) -> LinkEvidence:
    """Note what a page and that of an address which cannot exist do not share."""
    here, there = seen.first, seen.sibling
    if there is None or here.page is None or there.page is None:
        return seen
    mine, theirs = page.differing(here.page.text, there.page.text)
    return replace(
        seen, first=replace(here, page=replace(here.page, own=mine)), sibling=replace(there, page=replace(there.page, own=theirs))
    )


def _seen(target: str, cited: Cited) -> Flow[LinkEvidence]:
    registered = yield from registry.is_registered(target)
    if registered is not None and not registered.known:
        return LinkEvidence(target, Chain((replace(registered.hop, url=target),), None), registered=False)
    seen = yield from _asked(target, cited)
    return replace(seen, registered=True) if registered else seen


def _asked(target: str, cited: Cited) -> Flow[LinkEvidence]:
    first = yield from follow(target, cited)
    last = first.last
    if last.failure is FailureKind.TLS:
        unverified = yield from follow(last.url, cited, verify=False)
        return LinkEvidence(target, first, unverified=unverified)
    if last.failure in {FailureKind.NO_SUCH_NAME, FailureKind.REFUSED} and len(first.hops) == 1:
        return (yield from _other_spelling(target, first, cited))
    if last.status == 404:
        return (yield from _second_look(target, first, cited))
    if (ask := quirks.confirming(target)) and last.status is not None and not (first.page and content.holds(first.page, cited)):
        confirmation = yield from follow(ask)
        return LinkEvidence(target, first, confirmation=confirmation)
    if instead.is_suspect(first, cited):
        sibling = yield from ask_sibling(target)
        return LinkEvidence(target, first, sibling=sibling)
    if last.status == 200 and first.page and urls.split(first.final_url).scheme == "http" and urls.split(first.final_url).port is None:
        secure = yield from follow(urls.with_scheme(first.final_url, "https"))
        return LinkEvidence(target, first, variant=secure, variant_kind="https")
    return LinkEvidence(target, first)


def follow(url: str, cited: Cited = NOTHING_CITED, *, verify: bool = True, again: bool = False) -> Flow[Chain]:
    """Ask an address and go where its answers send, hop by hop; a page that is the cited one is not left for a script.

    Where it is asked `again`, it is left alone for a while before.
    """
    hops: list[Hop] = []
    visits: Counter[str] = Counter()
    via = "http"
    while True:
        visits[url] += 1
        if visits[url] > 3 or len(hops) >= MAX_HOPS:
            return Chain(tuple(hops), None, looping=True)
        reply = yield from _ask(url, verify=verify, again=again, body_limit=_LONG if cited.anchors else _SHORT)
        again = False
        location = _location(reply)
        hops.append(hop_of(url, reply, location, via, verified=verify))
        if isinstance(reply, Failure):
            return Chain(tuple(hops), None)
        if location:
            url, via = location, "http"
            continue
        found = page.read(reply, cited.anchors)
        moved_on = found.refresh if reply.status == 200 and found.refresh != url and not content.holds(found, cited) else None
        if moved_on and found.refresh_via not in {hop.via for hop in hops}:
            url, via = moved_on, found.refresh_via
            continue
        return Chain(tuple(hops), found)


def _ask(url: str, *, verify: bool, again: bool, body_limit: int) -> Flow[Reply]:
    """Ask with GET; what is known to be large and no page with HEAD first, whose refusals mean nothing."""
    get = Request(url, verify=verify, body_limit=body_limit)
    if again:
        get = replace(get, after=SECOND_LOOK_AFTER, or_answers=OR_ANSWERS)
    if _LARGE.search(urls.split(url).path):
        reply = yield from send(replace(get, method="HEAD", body_limit=_SHORT))
        is_page = isinstance(reply, Response) and "html" in reply.headers.get("content-type", "")
        if isinstance(reply, Response) and not is_page and (reply.status == 200 or reply.status in _REDIRECTS):
            return reply
        get = replace(get, after=0.0)
    return (yield from send(get))


def _location(reply: Reply) -> str | None:
    if isinstance(reply, Failure) or reply.status not in _REDIRECTS or not reply.headers.get("location"):
        return None
    return urls.join(reply.url, reply.headers["location"])


def hop_of(url: str, reply: Reply, location: str | None = None, via: str = "http", *, verified: bool = True) -> Hop:
    """Return what is kept of one answer."""
    if isinstance(reply, Failure):
        return Hop(url, None, reply.at, failure=reply.kind, detail=reply.detail, via=via, verified=verified, attempts=reply.attempts)
    wall = judge.wall_of(reply.headers)
    return Hop(url, reply.status, reply.at, location, detail=wall, via=via, verified=verified, attempts=reply.attempts)


def _other_spelling(target: str, first: Chain, cited: Cited) -> Flow[LinkEvidence]:
    """Where a host does not answer at all, its name with or without `www.`, or the other scheme, may."""
    no_name = first.last.failure is FailureKind.NO_SUCH_NAME
    other = "http" if urls.split(target).scheme == "https" else "https"
    variant = toggled_www(target) if no_name else urls.with_scheme(target, other)
    if variant is None:
        return LinkEvidence(target, first)
    chain = yield from follow(variant, cited)
    answers = chain.page is not None and chain.last.status == 200 and content.speaks_of(chain.page, cited, target)
    return LinkEvidence(target, first, variant=chain if answers else None, variant_kind="www" if no_name else "scheme")


def _second_look(target: str, first: Chain, cited: Cited) -> Flow[LinkEvidence]:
    """A 404 is looked at twice; then the address with and without its slash and `www.` is tried."""
    again = yield from follow(target, cited, again=True)
    ended = again.last.failure in {FailureKind.INTERRUPTED, FailureKind.MAX_TIME, FailureKind.DEADLINE, FailureKind.OFFLINE}
    if ended or (again.last.status is not None and again.last.status != 404 and again.last.status < 500):
        return LinkEvidence(target, first, again=again)
    for variant in _spellings(target):
        chain = yield from follow(variant, cited)
        if chain.last.status == 200 and chain.page and content.speaks_of(chain.page, cited, None):
            return LinkEvidence(target, first, again, variant=chain, variant_kind="spelling")
    return LinkEvidence(target, first, again)


def _spellings(target: str) -> Iterator[str]:
    parts = urls.split(target)
    if (bare := urls.trimmed(target)) != target:
        yield bare
    if parts.path.endswith("/") and len(parts.path) > 1:
        yield parts._replace(path=parts.path.rstrip("/")).geturl()
    elif not re.search(r"\.\w{2,5}$", parts.path) and not parts.query:
        yield parts._replace(path=parts.path + "/").geturl()
    if other := toggled_www(target):
        yield other
    if parts.scheme == "http" and parts.port is None:
        yield urls.with_scheme(target, "https")


def toggled_www(url: str) -> str | None:
    """Return the address with `www.` added to a bare name or taken away; None for deeper names and numbers."""
    parts = urls.split(url)
    host = parts.hostname or ""
    if host.startswith("www."):
        return parts._replace(netloc=parts.netloc.replace("www.", "", 1)).geturl()
    if host == urls.site_of(url) and not host.replace(".", "").isdigit():
        return parts._replace(netloc=f"www.{parts.netloc}").geturl()
    return None


def ask_sibling(target: str) -> Flow[Chain]:
    """Ask for an address of the same folder that cannot exist, once for each folder (Bar-Yossef et al. 2004)."""
    sibling = sibling_of(target)
    return (yield from shared(f"sibling:{sibling}", lambda: follow(sibling)))


def sibling_of(target: str) -> str:
    """Return an address beside this one that nobody can have made: 25 letters that follow from the host."""
    parts = urls.split(target)
    letters = "".join(chr(ord("a") + byte % 26) for byte in sha256((parts.hostname or "").encode()).digest()[:25])
    folder, _, name = parts.path.rstrip("/").rpartition("/")
    ending = re.search(r"\.(?:html?|php|aspx?|jsp|cms)$", name)
    slash = "/" if parts.path.endswith("/") else ""
    return parts._replace(path=f"{folder}/{letters}{ending[0] if ending else slash}", query="", fragment="").geturl()

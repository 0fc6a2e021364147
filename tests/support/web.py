"""A web in a few lines of text, for rule cases, the demo and the end-to-end tests.

    GET http://example.org/a -> 301 https://example.org/a
    GET https://example.org/a -> 200 page "A Study of Links"
    GET https://example.org/b -> 404, 404
    GET https://example.org/c -> 403 {cf-mitigated: challenge} challenge
    GET https://example.org/d -> timeout
    GET https://example.org/e -> 200
        <title>A body of its own</title>

A comma separates the replies to repeated requests; the last one repeats. After a status stand, in any
order, an address (the Location), headers in braces (`{memento}` is an archived copy's), and the name of
a page below, with its title in quotes.
"""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from refcheck.model.flow import Failure, FailureKind, Reply, Request, Response

WHEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_LINE = re.compile(r"(GET|HEAD|POST)\s+(\S+)\s+->\s+(.+)")
_FILLER = " ".join(
    f"The {word} of this story is told at some length, so that the page has text."
    for word in "first second third fourth fifth sixth seventh eighth ninth tenth".split()
)
_SITE = '<header><nav><a href="/">Example</a> <a href="/news">News</a></nav></header><main>{main}</main><footer>© Example</footer>'


class UnscriptedRequestError(AssertionError):
    """A flow asked for something that the script does not have."""


@dataclass(frozen=True, slots=True)
class Scripted:
    """One reply of a script."""

    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    failure: FailureKind | None = None
    detail: str = ""


@dataclass(slots=True)
class Web:
    """A scripted web: answers requests in order, and remembers what was asked."""

    replies: dict[tuple[str, str], list[Scripted]]
    asked: list[tuple[str, str]] = field(default_factory=list)
    counts: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, text: str) -> Web:
        replies: dict[tuple[str, str], list[Scripted]] = {}
        for block in re.split(r"\n(?=\S)", text.strip("\n")):
            if not block.strip():
                continue
            head, _, body = block.partition("\n")
            match = _LINE.fullmatch(head.strip())
            if not match:
                raise ValueError(f"not a line of a web: {head!r}")
            parts = re.split(r",\s*(?=\d{3}\b|[a-z-]+\b(?![^{]*\}))(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", match[3])
            replies[match[1], match[2]] = [_reply(part.strip(), textwrap.dedent(body)) for part in parts]
        return cls(replies)

    def next(self, method: str, url: str) -> Scripted:
        """Return the next reply to a request; the last one repeats."""
        self.asked.append((method, url))
        found = self.replies.get((method, url))
        if not found:
            raise UnscriptedRequestError(f"{method} {url} is not scripted")
        number = self.counts[method, url]
        self.counts[method, url] += 1
        return found[min(number, len(found) - 1)]

    def answer(self, _path: str, request: Request) -> Reply:
        """Reply to a flow's request, without a network."""
        scripted = self.next(request.method, request.url)
        if scripted.failure and request.verify:
            return Failure(scripted.failure, scripted.detail, transient=True, at=WHEN, attempts=3)
        body = scripted.body[: request.body_limit]
        status = scripted.status or 200
        return Response(request.url, status, dict(scripted.headers), body, len(scripted.body) > len(body), WHEN)


def _reply(text: str, body: str) -> Scripted:
    word, _, rest = text.partition(" ")
    if not word.isdigit():
        return Scripted(failure=FailureKind(word), detail=rest.strip(), body=body.encode(), headers=(("content-type", "text/html"),))
    headers: dict[str, str] = {}
    if braces := re.search(r"\{(.*?)\}", rest):
        for item in filter(None, (part.strip() for part in braces[1].split(";"))):
            name, _, value = item.partition(":")
            headers[name.strip().lower()] = value.strip()
        rest = rest.replace(braces[0], "")
    if headers.pop("memento", None) is not None:
        headers["memento-datetime"] = "Mon, 01 Jul 2024 00:00:00 GMT"
    if location := re.search(r"(?:https?://|/)\S*", rest.split('"')[0]):
        headers["location"] = location[0]
        rest = rest.replace(location[0], "")
    named = re.search(r"([a-z-]+)(?:\s+\"([^\"]*)\")?\s*$", rest.strip())
    data = body.encode() if body.strip() else PAGES[named[1]](named[2] or "") if named and named[1] in PAGES else b""
    headers.setdefault("content-type", "application/pdf" if data.startswith(b"%PDF") else "text/html; charset=utf-8")
    return Scripted(int(word), tuple(headers.items()), data)


def _html(title: str, main: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{_SITE.format(main=main)}</body></html>".encode()


def _challenge(_title: str) -> bytes:
    script = "<script>window._cf_chl_opt={};var a='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'</script>"
    return f"<html><head><title>Just a moment...</title></head><body><h1>example</h1>{script}</body></html>".encode()


PAGES: dict[str, Callable[[str], bytes]] = {
    "page": lambda title: _html(f"{title} | Example", f"<article><h1>{title}</h1><p>{_FILLER}</p></article>"),
    "missing": lambda title: _html(
        f"{title or 'Page not found'} | Example", f"<h1>{title or 'Page not found'}</h1><p>Sorry, we could not find it.</p>"
    ),
    "home": lambda title: _html(f"{title or 'Example'} – Home", f"<h1>Example</h1><ul><li>{_FILLER}</li></ul>"),
    "bland": lambda _: _html("Latest | Example", f"<h1>Latest</h1><p>Our most popular topics. {_FILLER}</p>"),
    "challenge": _challenge,
    "login": lambda _: _html("Sign in", '<h1>Sign in to continue</h1><form><input name="u"><input type="password"></form>'),
    "parked": lambda _: _html(
        "example.com is for sale",
        '<h1>example.com</h1><p>This domain is for sale! Buy this domain.</p><script src="//parkingcrew.net/x.js"></script>',
    ),
    "empty-app": lambda _: b'<html><head><title>App</title></head><body><div id="root"></div><script src="/app.js"></script></body></html>',
    "pdf": lambda title: b"%PDF-1.4\n1 0 obj << /Title (" + title.encode() + b") >>\nendobj\n",
}

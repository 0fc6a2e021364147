"""Serve W2 (or, with the argument `W2n`, the web without hung hosts), and tell at the control port what was asked of it.

`GET /stats` there answers with JSON: how many requests and connections there were, the most that were under way at one
host at once, the times between one start and the next at the same host, and how often each address was asked.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

import uvloop
from webs import CONTROL_PORT, LIVELY_PORT, UNREACHABLE_PORT, Kind, Page, Web, html, paragraphs, w2

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = 65_536
_BYTES_A_SECOND = 4_000_000
_HTML, _PDF = "text/html; charset=utf-8", "application/pdf"
_MISSING = html("404 Not Found", "<p>There is no page at this address.</p>").encode()


@dataclass(slots=True)
class Log:
    """What was asked."""

    connections: int = 0
    methods: Counter[str] = field(default_factory=Counter)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    under_way: Counter[str] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)
    last_start: dict[str, float] = field(default_factory=dict)
    gaps: list[float] = field(default_factory=list)

    @contextmanager
    def request(self, method: str, host: str, path: str) -> Iterator[int]:
        """Note a request while it is under way; give how often its address was asked, this time included."""
        now = monotonic()
        if host in self.last_start:
            self.gaps.append(now - self.last_start[host])
        self.last_start[host] = now
        self.methods[method] += 1
        self.asked[host, path] += 1
        self.under_way[host] += 1
        self.most[host] = max(self.most[host], self.under_way[host])
        try:
            yield self.asked[host, path]
        finally:
            self.under_way[host] -= 1

    def summary(self) -> dict[str, object]:
        """Return what the control port tells."""
        return {
            "requests": self.methods.total(),
            "methods": self.methods,
            "connections": self.connections,
            "most_at_one_host": max(self.most.values(), default=0),
            "smallest_gap": min(self.gaps, default=None),
            "gaps": sorted(self.gaps),
            "most_of_one_address": max(self.asked.values(), default=0),
            "asked": {f"{host}{path}": count for (host, path), count in self.asked.items()},
        }


class Server:
    """Answers for every host of a web."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.pages = {(page.host, page.path): page for page in web.pages}
        self.filler = paragraphs(_PIECE).encode()
        self.log = Log()

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection, one after the other."""
        self.log.connections += 1
        host = writer.get_extra_info("sockname")[0]
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                method, path = head.decode("latin-1").split(" ", 2)[:2]
                with self.log.request(method, host, path) as times:
                    page = self.pages.get((host, path))
                    if page and page.kind is Kind.SILENT:
                        await reader.read()  # until the other side gives up
                        break
                    await asyncio.sleep(page.latency if page else self.web.latencies.get(host, 0.0))
                    if writer.is_closing():
                        break
                    await _answer(reader, writer, page, (method, times), self.filler)
        writer.close()


async def _answer(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, page: Page | None, asked: tuple[str, int], filler: bytes
) -> None:
    """Answer a request that was `asked` with a method, for the so-manieth time."""
    method, times = asked
    with_body = method != "HEAD"
    if page is None or page.kind is Kind.NOT_FOUND:
        _write(writer, "404 Not Found", _MISSING, with_body=with_body)
    elif page.kind is Kind.NO_HEAD and method == "HEAD":
        _write(writer, "405 Method Not Allowed", b"", "Allow: GET\r\n")
    elif page.kind is Kind.RATE_LIMITED and times == 1:
        _write(writer, "429 Too Many Requests", b"slow down", "Retry-After: 1\r\n", with_body=with_body)
    elif page.kind is Kind.PASSING and times == 1:
        _write(writer, "503 Service Unavailable", b"try again", with_body=with_body)
    else:
        await _write_page(reader, writer, page, filler if with_body else None)


def _write(writer: asyncio.StreamWriter, status: str, body: bytes, more: str = "", *, with_body: bool = True) -> None:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {_HTML}\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode()
    writer.write(head + (body if with_body else b""))


async def _write_page(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, page: Page, filler: bytes | None) -> None:
    """Write a page piece by piece, no faster than a site does, until the other side has enough."""
    is_pdf = page.path.endswith(".pdf")
    start = f"%PDF-1.7\n<< /Title ({page.title}) >>\n" if is_pdf else html(page.title if page.titled else "A site", "")
    content = start.encode() if is_pdf else start.encode().replace(b"</main></body>\n</html>\n", b"")
    size = max(page.size, len(content))
    kind = _PDF if is_pdf else _HTML
    writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n\r\n".encode())
    if filler is None:
        return
    writer.write(content)
    left = size - len(content)
    while left > 0 and not writer.is_closing():
        piece = filler[: min(left, _PIECE)]
        writer.write(piece)
        left -= len(piece)
        if left:
            await writer.drain()
            with suppress(TimeoutError):
                async with asyncio.timeout(_PIECE / _BYTES_A_SECOND):
                    await reader.read(1)  # nothing comes before the answer is whole, unless the other side hangs up
                    raise ConnectionResetError


def full_queues(web: Web) -> list[socket.socket]:
    """Listen where connections are to hang, and fill the queue of each listener: the kernel then answers no more."""
    kept: list[socket.socket] = []
    for host in sorted({page.host for page in web.pages if page.kind is Kind.UNREACHABLE}):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, UNREACHABLE_PORT))
        listener.listen(0)
        kept.append(listener)
        for _ in range(3):
            client = socket.socket()
            client.settimeout(0)
            client.connect_ex((host, UNREACHABLE_PORT))
            kept.append(client)
    return kept


async def serve(web: Web) -> None:
    """Serve until the process is ended; say `ready` when all ports are open."""
    server = Server(web)
    kept = full_queues(web)

    async def control(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            _write(writer, "200 OK", json.dumps(server.log.summary()).encode(), "Connection: close\r\n")
            await writer.drain()
        writer.close()

    await asyncio.start_server(server.converse, "0.0.0.0", LIVELY_PORT, backlog=4096)
    await asyncio.start_server(control, "127.0.0.1", CONTROL_PORT)
    print("ready", flush=True)
    await asyncio.Event().wait()
    del kept


if __name__ == "__main__":
    uvloop.run(serve(w2(hung="W2n" not in sys.argv[1:])))

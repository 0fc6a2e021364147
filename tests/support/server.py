"""A scripted web on real sockets: a forward proxy on loopback that answers for every host of a script.

It speaks plain HTTP for http addresses, and for https ones opens the tunnel itself with a certificate
of a throwaway authority, so that the program runs unmodified on real-looking addresses. A host that the
script does not name cannot be reached, as behind a real proxy.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import trustme

from support.web import Scripted, UnscriptedRequestError, Web

if TYPE_CHECKING:
    from collections.abc import Iterator

_AUTHORITY = trustme.CA()


@dataclass(slots=True)
class Server:
    """The running proxy: where it is, what it was asked, and what was not in its script."""

    web: Web
    port: int = 0
    authority: Path = Path()
    unscripted: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    contexts: dict[str, trustme.LeafCert] = field(default_factory=dict)
    hang_on: str = ""
    hanging: threading.Event = field(default_factory=threading.Event)

    @property
    def environment(self) -> dict[str, str]:
        """What makes a program use it."""
        proxy = f"http://127.0.0.1:{self.port}"
        return {"HTTP_PROXY": proxy, "HTTPS_PROXY": proxy, "http_proxy": proxy, "https_proxy": proxy, "SSL_CERT_FILE": str(self.authority)}

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, OSError):
            await self._serve(reader, writer, None)
        with suppress(ConnectionError, OSError):
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, origin: str | None) -> None:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, target, _ = head[0].split(" ")
            if method == "CONNECT":
                await self._tunnel(target.rpartition(":")[0], reader, writer)
                return
            self.headers.append({name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)})
            await reader.readexactly(int(self.headers[-1].get("content-length", 0)))
            url = f"{origin}{target}" if origin else target
            try:
                scripted = self.web.next(method, url)
            except UnscriptedRequestError as error:
                self.unscripted.append(str(error))
                scripted = Scripted(599, (("content-type", "text/plain"),), b"not scripted")
            if self.hang_on and self.hang_on in url:
                self.hanging.set()
                await reader.read()  # until the client leaves
                return
            if scripted.failure:
                if origin:
                    writer.transport.abort()
                    return
                scripted = Scripted(502, (("server", "squid/5.7"), ("x-squid-error", "ERR_READ_ERROR 104")))
            lines = [f"HTTP/1.1 {scripted.status} OK", f"Content-Length: {len(scripted.body)}", *(f"{n}: {v}" for n, v in scripted.headers)]
            writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + (b"" if method == "HEAD" else scripted.body))
            await writer.drain()

    async def _tunnel(self, host: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not any(urlsplit(url).hostname == host for _, url in self.web.replies):
            writer.write(b"HTTP/1.1 503 Service Unavailable\r\nX-Squid-Error: ERR_CONNECT_FAIL 111\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            return
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await writer.drain()
        await writer.start_tls(self._context(host))
        await self._serve(reader, writer, f"https://{host}")

    def _context(self, host: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - an SSLContext
        import ssl  # noqa: PLC0415 - only here

        if host not in self.contexts:
            self.contexts[host] = _AUTHORITY.issue_cert(host)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.contexts[host].configure_cert(context)
        return context


@contextmanager
def serving(script: str, folder: Path) -> Iterator[Server]:
    """Run a scripted web until the block ends; a request that it does not have fails the test."""
    server = Server(Web.of(script))
    server.authority = folder / "authority.pem"
    _AUTHORITY.cert_pem.write_to_path(str(server.authority))
    loop = asyncio.new_event_loop()
    started = threading.Event()

    ended = asyncio.Event()

    async def run() -> None:
        listening = await asyncio.start_server(server.connected, "127.0.0.1", 0)
        server.port = listening.sockets[0].getsockname()[1]
        started.set()
        await ended.wait()
        listening.close()
        await listening.wait_closed()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)  # lets transports close

    def serve() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(run())
        loop.run_until_complete(loop.shutdown_asyncgens())

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    started.wait(10)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(10)
        loop.close()
    assert not server.unscripted, server.unscripted

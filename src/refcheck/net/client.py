"""Send one request with httpx and read the answer up to a limit; follow nothing, retry nothing.

httpx's own handling of proxies bypasses a transport of ours, so the route is chosen here: through the
proxy that the environment names, else through a connection pool whose network backend resolves a name
once, judges every address, and connects to a judged one.
"""

from __future__ import annotations

import asyncio
import re
import select
import ssl
import zlib
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from refcheck.model.flow import Failure, FailureKind, Reply, Request, Response
from refcheck.net.names import ConnectFailed, Names
from refcheck.text import urls

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Callable, Iterable

    from refcheck.net.guard import Guard

MAX_HEADERS = 200
_POOLS = 256
_LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=8, keepalive_expiry=5)
_ADDRESSES_TRIED = 3
_TRANSIENT = frozenset(
    {FailureKind.DNS, FailureKind.REFUSED, FailureKind.TIMEOUT, FailureKind.RESET, FailureKind.PROTOCOL, FailureKind.PROXY}
)
_NO_FAULT = (ssl.SSLWantReadError, ssl.SSLWantWriteError, ssl.SSLZeroReturnError)
_MALFORMED = (httpx.RemoteProtocolError, httpx.LocalProtocolError, httpx.UnsupportedProtocol, httpx.InvalidURL, UnicodeError, ValueError)
_PROXY_ERRORS = (
    (r"ERR_DNS_FAIL|dns_error", "it does not know the name"),
    (r"ERR_CANNOT_FORWARD|destination_not_found", "it could not find the host"),
    (r"ERR_CONNECT_FAIL (?:110|60)|connection_timeout|dns_timeout", "the host did not answer in time"),
    (r"ERR_CONNECT_FAIL|connection_refused", "the host refused the connection"),
    (r"ERR_ACCESS_DENIED|http_request_denied", "it does not let this address pass"),
    (r"ERR_CACHE_ACCESS_DENIED", "it wants a login"),
    (r"ERR_READ_ERROR|ERR_ZERO_SIZE_OBJECT|connection_terminated", "the host broke the connection off"),
    (r"ERR_SECURE_CONNECT_FAIL|tls_", "it could not make a secure connection to the host"),
)
_PROXY_SPEAKS = re.compile(r"squid|tinyproxy|privoxy|haproxy|zscaler|bluecoat|mitmproxy", re.IGNORECASE)


_ON_ITS_WAY: ContextVar[Callable[[], None]] = ContextVar("on_its_way", default=lambda: None)


class _Stream(httpcore.AsyncNetworkStream):
    """A connection that knows its socket: httpcore asks at every request whether it is readable, and anyio takes long to tell."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self.stream = stream
        self.socket = stream.get_extra_info("socket")
        self.read = stream.read  # type: ignore[method-assign]
        self.aclose = stream.aclose  # type: ignore[method-assign]

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's interface
        """Send bytes, and tell whoever waits for it that the request is on its way."""
        _ON_ITS_WAY.get()()
        await self.stream.write(buffer, timeout)

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
    ) -> httpcore.AsyncNetworkStream:
        """Put TLS on the connection."""
        return _Stream(await self.stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's interface
        """Tell what is known of the connection."""
        return _is_readable(self.socket) if info == "is_readable" else self.stream.get_extra_info(info)


def _is_readable(connection: socket.socket) -> bool:
    """Whether something can be read: on a connection at rest that is its end."""
    if connection.fileno() < 0:
        return True
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([connection], [], [], 0)[0])
    watcher = select.poll()
    watcher.register(connection, select.POLLIN)
    return bool(watcher.poll(0))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to judged addresses only."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        self.names = Names()
        self.network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, judge, connect; each address gets its share of the time."""
        addresses = await self.names.addresses(host, timeout)
        refused = [address for address in addresses if not self.guard.permits(ip_address(address.split("%")[0]))]
        if refused:
            raise ConnectFailed(FailureKind.UNSAFE, f"{host} is at the private address {refused[0]}")
        tried = addresses[:_ADDRESSES_TRIED]
        share = timeout / len(tried) if timeout else None
        for address in tried[:-1]:
            try:
                return _Stream(await self.network.connect_tcp(address, port, share, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return _Stream(await self.network.connect_tcp(tried[-1], port, share, local_address, socket_options))

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore asks between its own retries (it makes none here)."""
        await asyncio.sleep(seconds)


@dataclass(slots=True)
class _Pool:
    """The connections to one origin, and how many requests are under way on them."""

    transport: httpx.AsyncHTTPTransport
    under_way: int = 0


class Client:
    """Sends requests. One for a run; `aclose` it."""

    def __init__(self, guard: Guard, user_agent: str, timeout: float) -> None:
        self.guard = guard
        self.timeout = timeout
        self.headers = {
            "User-Agent": user_agent,
            "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
            "Accept-Language": "en;q=0.9,*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        }
        self.backend = GuardedBackend(guard)
        self.proxies = {scheme: _proxy(scheme, url) for scheme, url in getproxies().items() if scheme in {"http", "https", "all"} and url}
        self.contexts: dict[bool, ssl.SSLContext] = {}
        self.pools: dict[tuple[str, str, bool], _Pool] = {}  # the least recently used first

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in self.pools.values():
            await pool.transport.aclose()

    async def send(
        self,
        request: Request,
        cookies: httpx.Cookies,
        headers: dict[str, str] | None = None,
        on_its_way: Callable[[], None] = lambda: None,
    ) -> Reply:
        """Return one reply; cookies are read from and kept in the jar. Trouble is a value.

        `on_its_way` is called when bytes of the request leave: a connection may have taken a while.
        """
        _ON_ITS_WAY.set(on_its_way)
        host = urls.host_of(request.url)
        if not self.guard.permits_host(host):
            return self._failure(FailureKind.UNSAFE, f"{host} is a private address")
        pool = await self._pool(request)
        pool.under_way += 1
        try:
            return await self._exchange(request, pool.transport, cookies, headers or {})
        finally:
            pool.under_way -= 1

    async def _exchange(
        self, request: Request, transport: httpx.AsyncHTTPTransport, cookies: httpx.Cookies, headers: dict[str, str]
    ) -> Reply:
        refused: list[tuple[int, dict[str, str]]] = []
        try:
            outgoing = self._request(request, headers)
            if self.proxies:
                outgoing.extensions["trace"] = partial(_note_refused_tunnel, refused)
            if request.verify and len(cookies.jar):  # nothing of ours goes to a host that cannot prove who it is
                cookies.set_cookie_header(outgoing)
            response = await transport.handle_async_request(outgoing)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, UnicodeError, ValueError) as error:
            failure = self._failed(error)
            if failure.kind is FailureKind.PROXY and refused:
                return self._failure(FailureKind.PROXY, _of_proxy(*refused[-1]))
            if failure.kind in {FailureKind.REFUSED, FailureKind.DNS, FailureKind.NO_SUCH_NAME} and self.proxy_for(request.url):
                return self._failure(FailureKind.PROXY, "the proxy itself does not answer")
            return failure
        try:
            if "set-cookie" in response.headers:
                response.request = outgoing
                cookies.extract_cookies(response)
            return await self._read(request, response)
        finally:
            await response.aclose()

    def _request(self, request: Request, headers: dict[str, str]) -> httpx.Request:
        limit = request.timeout or self.timeout
        timeout = {"connect": limit, "read": limit, "write": limit, "pool": None}
        merged = {**self.headers, **headers, **dict(request.headers)}
        return httpx.Request(request.method, request.url, headers=merged, content=request.body, extensions={"timeout": timeout})

    async def _pool(self, request: Request) -> _Pool:
        """Return the pool of a request's origin: httpcore looks through a whole pool at every request, so each stays small."""
        parts = urls.split(request.url)
        proxy = self.proxy_for(request.url)
        key = (proxy or "", f"{parts.scheme}://{parts.netloc}", request.verify)
        pool = self.pools.pop(key, None)
        if pool is None:
            transport = httpx.AsyncHTTPTransport(verify=self._context(verify=request.verify), limits=_LIMITS, proxy=proxy, trust_env=False)
            if not proxy:
                transport._pool._network_backend = self.backend  # noqa: SLF001 - see the docstring above; held by a test
            pool = _Pool(transport)
        self.pools[key] = pool
        if len(self.pools) > _POOLS:
            await self._close_idle()
        return pool

    async def _close_idle(self) -> None:
        """Close the pools that were not used for longest, a quarter of them, so that connections do not pile up."""
        idle = [key for key, pool in list(self.pools.items())[: _POOLS // 4] if not pool.under_way]
        for transport in [self.pools.pop(key).transport for key in idle]:
            await transport.aclose()

    def _context(self, *, verify: bool) -> ssl.SSLContext:
        if verify not in self.contexts:
            self.contexts[verify] = httpx.create_ssl_context() if verify else _unverified()
        return self.contexts[verify]

    def proxy_for(self, url: str) -> str | None:
        """Return the proxy that the environment names for an address, or None."""
        parts = urls.split(url)
        if not self.proxies or proxy_bypass(parts.hostname or ""):
            return None
        return self.proxies.get(parts.scheme) or self.proxies.get("all")

    async def _read(self, request: Request, response: httpx.Response) -> Reply:
        headers = _headers(response)
        if self.proxy_for(request.url) and urls.split(request.url).scheme == "http" and _is_of_proxy(response.status_code, headers):
            return self._failure(FailureKind.PROXY, _of_proxy(response.status_code, headers))
        body = bytearray()
        truncated = False
        try:
            async for chunk in _decoded(response, request.body_limit):
                body += chunk
                if len(body) >= request.body_limit:
                    truncated = True
                    break
        except zlib.error as error:
            return self._failure(FailureKind.DECODING, str(error))
        except (httpx.HTTPError, OSError) as error:
            if not body and not (200 <= response.status_code < 300 and headers.get("content-type")):
                return self._failed(error)
            truncated = True
        return Response(request.url, response.status_code, headers, bytes(body[: request.body_limit]), truncated, datetime.now(UTC))

    def _failed(self, error: Exception) -> Failure:
        kind, detail = _kind_of(error)
        return self._failure(kind, detail or f"no answer in {self.timeout:g} s")

    def _failure(self, kind: FailureKind, detail: str) -> Failure:
        return Failure(kind, detail, kind in _TRANSIENT, datetime.now(UTC))


def _kind_of(error: Exception) -> tuple[FailureKind, str]:
    """Return what kind of trouble an exception is, and its details ('' for a time-out)."""
    causes = _causes(error)
    for cause in causes:
        if isinstance(cause, ConnectFailed):
            return cause.kind, cause.detail
    if isinstance(error, httpx.TimeoutException):
        return FailureKind.TIMEOUT, ""
    for cause in causes:
        if isinstance(cause, ssl.SSLEOFError):
            return FailureKind.RESET, "the connection was closed amid the handshake"
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, _NO_FAULT):
            return FailureKind.TLS, _tls_detail(cause)
    text = str(error)[:200] or type(error).__name__
    if isinstance(error, httpx.ProxyError):
        return FailureKind.PROXY, text
    if isinstance(error, httpx.ConnectError):
        was_reset = any(isinstance(cause, ConnectionResetError) for cause in causes) or "reset" in text.lower()
        return (FailureKind.RESET if was_reset else FailureKind.REFUSED), text
    if isinstance(error, _MALFORMED):
        return (FailureKind.RESET if "disconnected" in text.lower() else FailureKind.PROTOCOL), text
    return FailureKind.RESET, text


async def _note_refused_tunnel(refused: list[tuple[int, dict[str, str]]], event: str, told: dict[str, Any]) -> None:
    """Keep the answers to CONNECT that are no tunnel: httpx raises an error without their headers, which say why."""
    if event == "http11.receive_response_headers.complete":
        _, status, _, headers, *_ = told["return_value"]
        if status >= 300:
            refused.append((status, {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}))


def _of_proxy(status: int, headers: dict[str, str]) -> str:
    """Say what a proxy's own answer means: Squid's error name, or the Proxy-Status field (RFC 9209)."""
    said = headers.get("x-squid-error", "") + " " + headers.get("proxy-status", "")
    what = next((meaning for sign, meaning in _PROXY_ERRORS if re.search(sign, said)), "")
    return f"the proxy answered {status}" + (f": {what}" if what else "")


def _proxy(scheme: str, url: str) -> str:
    """Return a proxy's address as httpx wants it.

    Raises:
        ValueError: it is of a kind that cannot be used.
    """
    address = url if "://" in url else f"http://{url}"
    if not address.lower().startswith(("http://", "https://")):
        raise ValueError(f"the environment's proxy for {scheme} is {url!r}; only http and https proxies can be used")
    return address


def _unverified() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _headers(response: httpx.Response) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in response.headers.multi_items()[:MAX_HEADERS]:
        found[name.lower()] = f"{found[name.lower()]}, {value}" if name.lower() in found else value[:8192]
    return found


def _is_of_proxy(status: int, headers: dict[str, str]) -> bool:
    """Whether an answer to plain http is the proxy's own: it failed to reach the site."""
    return status in {500, 502, 503, 504, 403, 407} and (
        "x-squid-error" in headers or bool(_PROXY_SPEAKS.search(headers.get("server", "")))
    )


async def _decoded(response: httpx.Response, limit: int) -> AsyncIterator[bytes]:
    """Yield the body, unpacked piece by piece, never more than the limit at once: a bomb stays small."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    decoder = {"gzip": 31, "x-gzip": 31, "deflate": 47}.get(encoding)
    unpack = zlib.decompressobj(decoder) if decoder else None
    raw_deflate = encoding == "deflate"
    async for chunk in response.stream:  # type: ignore[union-attr]  # an async transport's stream
        if unpack is None:
            yield chunk
            continue
        try:
            yield unpack.decompress(chunk, limit)
        except zlib.error:
            if not raw_deflate:
                raise
            raw_deflate, unpack = False, zlib.decompressobj(-15)
            yield unpack.decompress(chunk, limit)


def _causes(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or current.__context__
    return chain


def _tls_detail(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return (getattr(error, "verify_message", "") or "the certificate cannot be verified").rstrip(".")
    return re.sub(r"\s*\(_ssl\.c:\d+\)|^\[[^\]]*\]\s*", "", str(error)).strip() or "the handshake failed"

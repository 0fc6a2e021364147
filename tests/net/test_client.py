"""One request, one reply: httpx's trouble as values, limits kept, the guard in the way of every connection."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpcore
import httpx
import pytest
import trustme
from pytest_httpx import HTTPXMock, IteratorStream

from refcheck.model.flow import Failure, FailureKind, Reply, Request, Response
from refcheck.net.client import Client, GuardedBackend
from refcheck.net.guard import Guard
from refcheck.net.names import ConnectFailed

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
AGENT = "Mozilla/5.0 (compatible; refcheck/test)"


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    made = Client(Guard(), AGENT, timeout=2.0)
    yield made
    await made.aclose()


async def ask(client: Client, url: str = "https://example.org/a", **options: object) -> Reply:
    return await client.send(Request(url, **options), httpx.Cookies())  # type: ignore[arg-type]


async def test_an_answer_comes_with_lower_case_headers_and_its_body(client: Client, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(text="hello", headers={"X-Thing": "1"})
    reply = await ask(client)
    assert isinstance(reply, Response)
    assert (reply.status, reply.body, reply.headers["x-thing"], reply.truncated) == (200, b"hello", "1", False)
    sent = httpx_mock.get_request()
    assert sent
    assert sent.headers["user-agent"] == AGENT
    assert "text/html" in sent.headers["accept"]
    assert sent.headers["accept-language"]


async def test_a_body_is_read_up_to_its_limit(client: Client, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(stream=IteratorStream([b"x" * 1000] * 50))
    reply = await ask(client, body_limit=2500)
    assert isinstance(reply, Response)
    assert (len(reply.body), reply.truncated) == (2500, True)


async def test_a_bomb_stays_small(client: Client, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(content=b"", headers={"content-encoding": "gzip"}, stream=IteratorStream([gzip.compress(b"<p>" * 20_000_000)]))
    reply = await ask(client, body_limit=1000)
    assert isinstance(reply, Response)
    assert (len(reply.body), reply.truncated) == (1000, True)


@pytest.mark.parametrize(
    ("encoding", "data"),
    [("gzip", gzip.compress(b"hello", mtime=0)), ("deflate", zlib.compress(b"hello")), ("deflate", zlib.compress(b"hello")[2:-4])],
)
async def test_compressed_bodies_are_unpacked(client: Client, httpx_mock: HTTPXMock, encoding: str, data: bytes) -> None:
    httpx_mock.add_response(headers={"content-encoding": encoding}, stream=IteratorStream([data]))
    reply = await ask(client)
    assert isinstance(reply, Response)
    assert reply.body == b"hello"


async def test_what_says_gzip_and_is_not_is_a_failure_to_decode(client: Client, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(headers={"content-encoding": "gzip"}, stream=IteratorStream([b"this is not gzip"]))
    reply = await ask(client)
    assert isinstance(reply, Failure)
    assert reply.kind is FailureKind.DECODING


def caused(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectTimeout("slow"), FailureKind.TIMEOUT),
        (httpx.ReadTimeout("slow"), FailureKind.TIMEOUT),
        (httpx.ConnectError("All connection attempts failed"), FailureKind.REFUSED),
        (httpx.ReadError("reset"), FailureKind.RESET),
        (httpx.RemoteProtocolError("Server disconnected without sending a response."), FailureKind.RESET),
        (httpx.RemoteProtocolError("illegal status line"), FailureKind.PROTOCOL),
        (httpx.ProxyError("403 Forbidden"), FailureKind.PROXY),
        (caused(httpx.ConnectError("x"), ConnectFailed(FailureKind.NO_SUCH_NAME, "unknown")), FailureKind.NO_SUCH_NAME),
        (caused(httpx.ConnectError("x"), ssl.SSLCertVerificationError("x")), FailureKind.TLS),
        (OSError("no route"), FailureKind.RESET),
    ],
)
async def test_trouble_is_a_value(client: Client, httpx_mock: HTTPXMock, error: Exception, kind: FailureKind) -> None:
    httpx_mock.add_exception(error)
    reply = await ask(client)
    assert isinstance(reply, Failure)
    assert reply.kind is kind


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]:8080/", "http://2852039166/", "http://localhost:6379/"])
async def test_private_addresses_are_not_asked(client: Client, httpx_mock: HTTPXMock, url: str) -> None:
    reply = await ask(client, url)
    assert isinstance(reply, Failure)
    assert reply.kind is FailureKind.UNSAFE
    assert not httpx_mock.get_requests()


async def test_cookies_stay_in_the_jar_they_were_given_for(client: Client, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(headers={"set-cookie": "session=1; Path=/"}, is_reusable=True)
    jar = httpx.Cookies()
    await client.send(Request("https://example.org/a"), jar)
    await client.send(Request("https://example.org/a"), jar)
    await client.send(Request("https://example.org/a"), httpx.Cookies())
    assert [r.headers.get("cookie") for r in httpx_mock.get_requests()] == [None, "session=1", None]


@pytest.mark.httpx_mock(assert_all_responses_were_requested=False)
async def test_every_connection_goes_through_the_guard(client: Client) -> None:
    """Held by httpx's private pool: if an upgrade moves it, this fails."""
    pool = await client._pool(Request("https://example.org/"))  # noqa: SLF001 - the one private attribute that we rely on
    assert pool.transport._pool._network_backend is client.backend  # noqa: SLF001


async def test_a_name_is_judged_by_every_address_it_resolves_to(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    backend = GuardedBackend(Guard())
    with pytest.raises(ConnectFailed) as caught:
        await backend.connect_tcp("rebinding.example", 80, 1.0)
    assert caught.value.kind is FailureKind.UNSAFE


@pytest.mark.parametrize(
    ("number", "kind"),
    [(socket.EAI_NONAME, FailureKind.NO_SUCH_NAME), (socket.EAI_AGAIN, FailureKind.DNS), (socket.EAI_FAIL, FailureKind.DNS)],
)
async def test_an_unknown_name_is_told_from_trouble_with_names(monkeypatch: pytest.MonkeyPatch, number: int, kind: FailureKind) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(number, "told by the resolver")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    backend = GuardedBackend(Guard())
    with pytest.raises(ConnectFailed) as caught:
        await backend.connect_tcp("example.org", 80, 1.0)
    assert caught.value.kind is kind


async def test_the_next_address_is_tried_where_the_first_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.2", port)), (2, 1, 6, "", ("127.0.0.1", port))])
    backend = GuardedBackend(Guard.of(["127.0.0.0/8"]))
    stream = await backend.connect_tcp("example.org", port, 2.0)
    await stream.aclose()
    with pytest.raises((httpcore.ConnectError, httpcore.ConnectTimeout)):
        await backend.connect_tcp("example.org", 9, 0.5)
    server.close()
    await server.wait_closed()


@pytest.fixture
async def secure_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[[Handler], Awaitable[str]]]:
    """Start servers with a sound certificate for 127.0.0.1; give their addresses."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    servers: list[asyncio.Server] = []

    async def start(handler: Handler) -> str:
        server = await asyncio.start_server(handler, "127.0.0.1", 0, ssl=context)
        servers.append(server)
        return f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"

    yield start
    for server in servers:
        server.close()


async def test_silence_over_tls_is_a_time_out_and_no_broken_certificate(secure_server: Callable[[Handler], Awaitable[str]]) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    url = await secure_server(silent)
    client = Client(Guard.of(["127.0.0.0/8"]), AGENT, timeout=0.3)
    reply = await ask(client, url)
    await client.aclose()
    assert isinstance(reply, Failure)
    assert reply.kind is FailureKind.TIMEOUT


async def test_a_certificate_of_a_stranger_is_told_and_the_page_is_read_only_on_demand(
    secure_server: Callable[[Handler], Awaitable[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def page(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Cookie: " + (b"yes" if b"ookie" in head else b"no") + b"\r\n\r\nok")
        await writer.drain()
        writer.close()

    url = await secure_server(page)
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "other.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "other.pem"))
    client = Client(Guard.of(["127.0.0.0/8"]), AGENT, timeout=5.0)
    refused = await ask(client, url)
    assert isinstance(refused, Failure)
    assert refused.kind is FailureKind.TLS
    jar = httpx.Cookies()
    jar.set("session", "1", domain="127.0.0.1")
    read = await client.send(Request(url, verify=False), jar)
    await client.aclose()
    assert isinstance(read, Response)
    assert (read.body, read.headers["x-cookie"]) == (b"ok", "no")


def test_the_environments_proxy_is_used_and_its_exceptions_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:3128")
    monkeypatch.setenv("NO_PROXY", "inside.example.org")
    client = Client(Guard(), AGENT, timeout=1.0)
    assert client.proxy_for("https://example.org/") == "http://127.0.0.1:3128"
    assert client.proxy_for("http://example.org/") is None
    assert client.proxy_for("https://inside.example.org/") is None


def test_a_proxy_without_a_scheme_is_http_and_one_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "127.0.0.1:3128")
    client = Client(Guard(), AGENT, timeout=1.0)
    assert client.proxy_for("https://example.org/") == "http://127.0.0.1:3128"
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")
    with pytest.raises(ValueError, match="only http and https proxies"):
        Client(Guard(), AGENT, timeout=1.0)


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        (b"503 Service Unavailable\r\nX-Squid-Error: ERR_CONNECT_FAIL 111", "503: the host refused the connection"),
        (b"503 Service Unavailable\r\nX-Squid-Error: ERR_DNS_FAIL 0", "503: it does not know the name"),
        (b"502 Bad Gateway\r\nProxy-Status: gw; error=connection_timeout", "502: the host did not answer in time"),
        (b"407 Proxy Authentication Required\r\nX-Squid-Error: ERR_CACHE_ACCESS_DENIED 0", "407: it wants a login"),
        (b"504 Gateway Timeout", "504"),
    ],
)
async def test_what_a_proxy_says_of_a_tunnel_it_did_not_open_is_told(monkeypatch: pytest.MonkeyPatch, answer: bytes, meaning: str) -> None:
    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 " + answer + b"\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(proxy, "127.0.0.1", 0)
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    client = Client(Guard(), AGENT, timeout=2.0)
    reply = await ask(client, "https://example.org/")
    await client.aclose()
    server.close()
    assert isinstance(reply, Failure)
    assert (reply.kind, reply.detail) == (FailureKind.PROXY, f"the proxy answered {meaning}")

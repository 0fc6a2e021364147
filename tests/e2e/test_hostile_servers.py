"""Servers that want the program to choke: it stays small, ends in time, and says what it saw."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from support.program import measured

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_BOMB = gzip.compress(b"<p>boom</p>" * 6_000_000)
_DEADLINE = 4
Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


async def _endless(writer: asyncio.StreamWriter) -> None:
    writer.write(_OK + b"\r\n")
    while True:
        writer.write(b"<p>more</p>" * 50_000)
        await writer.drain()


async def _slow(writer: asyncio.StreamWriter) -> None:
    for byte in _OK + b"\r\n" + b"<p>drip" * 100_000:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.05)


async def _bomb(writer: asyncio.StreamWriter) -> None:
    writer.write(_OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(_BOMB) + _BOMB)


async def _nested_bomb(writer: asyncio.StreamWriter) -> None:
    body = gzip.compress(_BOMB)
    writer.write(_OK + b"Content-Encoding: gzip, gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


async def _garbage(writer: asyncio.StreamWriter) -> None:
    writer.write(bytes(range(256)) * 4000)


async def _headers(writer: asyncio.StreamWriter) -> None:
    writer.write(_OK)
    for number in range(1_000_000):
        writer.write(b"X-%d: %s\r\n" % (number, b"y" * 60))
        if number % 1000 == 0:
            await writer.drain()
    writer.write(b"\r\n")


async def _one_header(writer: asyncio.StreamWriter) -> None:
    writer.write(_OK + b"X-Long: ")
    while True:
        writer.write(b"y" * 500_000)
        await writer.drain()


async def _redirects(writer: asyncio.StreamWriter) -> None:
    _redirects_seen.append(1)
    writer.write(b"HTTP/1.1 302 Found\r\nLocation: /redirects/%d\r\nContent-Length: 0\r\n\r\n" % len(_redirects_seen))


async def _deep(writer: asyncio.StreamWriter) -> None:
    writer.write(_OK + b"Connection: close\r\n\r\n" + b"<div>" * 120_000)


async def _cookies(writer: asyncio.StreamWriter) -> None:
    jar = b"".join(b"Set-Cookie: c%d=%s\r\n" % (n, b"v" * 400) for n in range(150))
    writer.write(b"HTTP/1.1 302 Found\r\nLocation: /cookies\r\nContent-Length: 0\r\n" + jar + b"\r\n")


async def _silent(_writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


_redirects_seen: list[int] = []
_ANSWERS: dict[str, Answer] = {
    name.__name__.strip("_"): name
    for name in (_endless, _slow, _bomb, _nested_bomb, _garbage, _headers, _one_header, _redirects, _deep, _cookies, _silent)
}


@pytest.fixture
def hostile() -> Iterator[int]:
    """A server on every loopback address; the first part of the path says how it misbehaves. Gives its port."""
    loop = asyncio.new_event_loop()
    ended, started, port = asyncio.Event(), threading.Event(), [0]

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, OSError):
            head = await reader.readuntil(b"\r\n\r\n")
            await _ANSWERS[head.split(b" ")[1].decode().split("/")[1]](writer)
            await writer.drain()
        with suppress(ConnectionError, OSError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(connected, "0.0.0.0", 0)
        port[0] = server.sockets[0].getsockname()[1]
        started.set()
        await ended.wait()
        server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    assert started.wait(10)
    yield port[0]
    loop.call_soon_threadsafe(ended.set)
    thread.join(10)
    loop.close()


def test_hostile_servers_neither_fill_the_memory_nor_hold_the_run(hostile: int) -> None:
    urls = {name: f"http://127.9.0.{number}:{hostile}/{name}" for number, name in enumerate(_ANSWERS, 1)}
    Path("refs.bib").write_text("".join(f"@misc{{{name}, title = {{A Study of Links}}, url = {{{url}}}}}\n" for name, url in urls.items()))
    Path("refcheck.toml").write_text(f"[links]\ntimeout = 2\ndeadline = {_DEADLINE}\npace = 0.01\n")
    began = time.monotonic()
    ran, peak = measured(
        "refs.bib", "--allow-private", "127.9.0.0/16", "--no-archives", "--fail-on", "never", "--format", "json", "-o", "out.json"
    )
    took = time.monotonic() - began
    assert ran.code == 0, ran.err
    assert took < _DEADLINE * 2 + 12, "each link has its deadline, a second request for a suspect one, and the program its start"
    assert peak < 200, f"{peak:.0f} MB"
    found = {link["locations"][0]["key"]: link for link in json.loads(Path("out.json").read_text())["links"]}
    assert not [name for name, link in found.items() if link["verdict"] in {"dead", "soft-dead"}]
    assert {found[name]["verdict"] for name in ("endless", "bomb")} == {"alive"}
    assert {found[name]["verdict"] for name in ("garbage", "headers", "one_header", "silent")} == {"down"}
    assert found["redirects"]["reason"] == "too-many-hops"

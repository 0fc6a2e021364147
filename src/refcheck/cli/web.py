"""Carry flows against the web: the one part of the command line that loads what a network needs."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from refcheck import __version__
from refcheck.cli import keys, output, store
from refcheck.cli.progress import Progress
from refcheck.engine.examine import examine
from refcheck.links.memory import sighting
from refcheck.model.flow import Failure, FailureKind, Flow, Reply, Request, Response, send
from refcheck.net.drive import Driver, network
from refcheck.net.recording import Recorder
from refcheck.text import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from refcheck.cli.options import Running
    from refcheck.model.reference import Bibliography
    from refcheck.model.report import Report
    from refcheck.model.settings import Settings
    from refcheck.net.drive import Network
    from refcheck.net.store import Store
    from refcheck.rules.base import Rule

T = TypeVar("T")
_DOCUMENT_LIMIT = 20_000_000


def user_agent(settings: Settings) -> str:
    """Return who asks: the truth, with the configured contact, unless the user decided otherwise."""
    contact = f"; +{settings.contact}" if settings.contact else ""
    return settings.links.user_agent or f"Mozilla/5.0 (compatible; refcheck/{__version__}{contact})"


def run(bibliographies: Sequence[Bibliography], settings: Settings, rules: Sequence[Rule], running: Running, started: datetime) -> Report:
    """Examine bibliographies against the web, with the store, and record the run where that is asked for."""
    recorder = Recorder(started, f"refcheck {__version__}") if running.record else None
    if recorder and running.record:  # a place that cannot be written to is said before anything is asked
        output.write(running.record, recorder.text().encode("utf-8"))
    memory = store.opened(running.store, store.identity(settings, user_agent(settings))) if running.remembers else None
    histories = memory.histories(targets(bibliographies)) if memory else {}
    flow = examine(bibliographies, settings, rules, started, histories)
    _spare_the_collector()
    try:
        report, interrupted = asyncio.run(drive(flow, settings, running, memory, recorder))
        report = replace(report, interrupted=True) if interrupted else report
        if memory:
            since = started.replace(microsecond=0)
            memory.saw(s for target, verdict in report.links.items() if (s := sighting(target, verdict)) and s.at >= since)
    finally:
        store.closed(memory)
    if recorder and running.record:
        output.write(running.record, recorder.text().encode("utf-8"))
    return report


def targets(bibliographies: Sequence[Bibliography]) -> Iterator[str]:
    """Yield every address that the bibliographies cite."""
    for bibliography in bibliographies:
        for reference in bibliography.references:
            yield from (link.target for link in reference.links if link.target)


def _network(settings: Settings) -> Network:
    try:
        return network(settings, user_agent(settings))
    except ValueError as error:
        raise output.Refused(str(error)) from error


def _spare_the_collector() -> None:
    """Let the garbage collector leave alone what was read."""
    gc.freeze()


async def drive(
    flow: Flow[T], settings: Settings, running: Running, memory: Store | None, recorder: Recorder | None = None
) -> tuple[T, bool]:
    """Carry a flow against the web, with progress; return its result, and whether the user interrupted it."""
    net = _network(settings)
    net.keys = keys.parameters()
    net.headers = {**net.headers, **{host: {**own, **net.headers.get(host, {})} for host, own in keys.headers().items()}}
    with Progress(sys.stderr) as progress:
        net.politeness.turns = memory
        driver = Driver(net, progress, recorder.add if recorder else lambda *_: None, memory)
        if running.max_time is not None:
            asyncio.get_running_loop().call_later(running.max_time, net.stop, FailureKind.MAX_TIME)
        restore = _on_interrupt(net.stop)
        try:
            return await driver.drive(flow), net.stopped is FailureKind.INTERRUPTED
        finally:
            restore()
            await net.client.aclose()


def _on_interrupt(stop: Callable[[], None]) -> Callable[[], object]:
    """Call `stop` at the first Ctrl-C; return what puts the old behaviour back."""
    loop = asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGINT)

    def interrupted(*_: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a second Ctrl-C ends at once
        loop.call_soon_threadsafe(stop)

    with suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGINT, interrupted)
    return lambda: signal.signal(signal.SIGINT, before)


def download(url: str) -> bytes | str:
    """Return a document of the web, or a sentence why it could not be had."""
    from refcheck.cli.options import configured  # noqa: PLC0415 - the two know each other

    settings = configured(None)

    async def fetch() -> Reply:
        net = _network(settings)
        try:
            return await Driver(net).drive(_document(url))
        finally:
            await net.client.aclose()

    reply = asyncio.run(fetch())
    if isinstance(reply, Failure):
        return f"cannot be read: {reply.detail or reply.kind}"
    return reply.body if reply.status == 200 else f"cannot be read: the answer is {reply.status}"


def _document(url: str) -> Flow[Reply]:
    reply = yield from send(Request(url, body_limit=_DOCUMENT_LIMIT))
    for _ in range(10):
        location = reply.headers.get("location") if isinstance(reply, Response) and 300 <= reply.status < 400 else None
        target = urls.join(url, location) if location else None
        if not target:
            return reply
        url = target
        reply = yield from send(Request(url, body_limit=_DOCUMENT_LIMIT))
    return reply

"""Carry flows to their end against the real web.

`Network` sends one request with manners, retries and deadlines; `drive` answers a flow's steps with
it. Deadlines count the time under way, not the time spent waiting for a turn.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from urllib.parse import urlencode

import httpx

from refcheck.model.flow import Failure, FailureKind, Flow, Kept, Reply, Request, Response, Shared, Together
from refcheck.net import retries
from refcheck.net.client import Client
from refcheck.net.guard import Guard
from refcheck.net.politeness import LANES, Manners, Politeness, lane_of, retry_after
from refcheck.net.secrets import without_secrets
from refcheck.text import urls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from refcheck.model.settings import Settings
    from refcheck.net.store import Store

T = TypeVar("T")
_WINDOW = 512  # flows under way at once
_WORKERS = 16  # of one queue: those that wait for a second look keep no others from being asked
# How many refusals a failure counts as: a service whose name does not exist is not on this network.
_WEIGHTS = {FailureKind.NO_SUCH_NAME: 9, FailureKind.DNS: 3, FailureKind.REFUSED: 3, FailureKind.PROXY: 3}
_SILENT = frozenset({FailureKind.TIMEOUT, FailureKind.DEADLINE})


@dataclass(slots=True)
class Limits:
    """What is left to a flow: `until` on the loop's clock, and seconds under way (shared with its steps) of a `whole`."""

    until: float | None = None
    under_way: float | None = None
    whole: float | None = None


@dataclass(slots=True)
class Network:
    """One run's access to the web.

    `keys` are parameters by host that carry keys: they are added when a request leaves, so that nothing else sees them.
    """

    client: Client
    politeness: Politeness
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    keys: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    stopped: FailureKind | None = None
    scopes: set[asyncio.Timeout] = field(default_factory=set)

    async def send(self, request: Request, cookies: httpx.Cookies, limits: Limits) -> Reply:
        """Return the reply to one request after its wait, its turn and its tries; a Failure when time is up."""
        lane = lane_of(request)
        attempts = 0
        last: Reply | None = None

        async def attempt() -> Reply:
            nonlocal attempts, last
            if lane in LANES and (left_alone := self._left_alone(lane, request.url, attempts, last)):  # no turn is waited for in vain
                return left_alone
            async with self.politeness.slot(lane):
                if left_alone := self._left_alone(lane, request.url, attempts, last):
                    return left_alone
                attempts += 1
                last = reply = await self._timed(request, lane, cookies, limits)
                if attempts > 1:
                    last = reply = replace(reply, attempts=attempts)
                self._heard(lane, request.url, reply)
            return reply

        try:
            async with self._scope(limits.until):
                if request.after:
                    await self.politeness.pause(lane, request.after, request.or_answers)
                return await retries.answer(attempt, self.politeness.manners(lane).attempts, asyncio.sleep)
        except TimeoutError:
            kind = self.stopped or FailureKind.DEADLINE
            return Failure(kind, "", transient=True, at=datetime.now(UTC), attempts=attempts)

    def _left_alone(self, lane: str, url: str, attempts: int, last: Reply | None) -> Reply | None:
        """Return what is answered for a lane that is not worth asking now: what it said last, or that it is left alone."""
        if not self.politeness.is_open(lane, url, again=attempts > 0):
            return None
        detail = "it refused, or did not answer others in time, and was left alone"
        return last or Failure(FailureKind.CIRCUIT_OPEN, detail, transient=False, at=datetime.now(UTC), attempts=attempts)

    def _heard(self, lane: str, url: str, reply: Reply) -> None:
        wait = retry_after(reply.headers, reply.at) if isinstance(reply, Response) else None
        if isinstance(reply, Response):
            self.politeness.told(lane, reply.headers)
        if isinstance(reply, Response) and (reply.status == 429 or (reply.status == 503 and wait)):
            self.politeness.close(lane, wait)
        elif lane in LANES and _is_trouble(reply):  # a service in trouble, or out of reach, is soon left alone
            self.politeness.refused(lane, _WEIGHTS.get(reply.kind, 1) if isinstance(reply, Failure) else 1)
        else:
            self.politeness.heard(lane, url, answered=not isinstance(reply, Failure) or reply.kind not in _SILENT)

    async def _timed(self, request: Request, lane: str, cookies: httpx.Cookies, limits: Limits) -> Reply:
        headers, on_its_way = self._own_headers(request), partial(self.politeness.started, lane)
        if (key := self.keys.get(urls.host_of(request.url))) and urls.split(request.url).scheme == "https":
            return await self._keyed(request, key, cookies, headers, on_its_way)
        if limits.under_way is None:
            return await self.client.send(request, cookies, headers, on_its_way)
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            async with asyncio.timeout(max(limits.under_way, 0.0)):
                return await self.client.send(request, cookies, headers, on_its_way)
        except TimeoutError:
            limits.under_way = 0.0
            return Failure(FailureKind.DEADLINE, "", transient=False, at=datetime.now(UTC))
        finally:
            limits.under_way -= clock() - began

    async def _keyed(
        self, request: Request, key: Mapping[str, str], cookies: httpx.Cookies, headers: dict[str, str], on_its_way: Callable[[], None]
    ) -> Reply:
        """Send a request with its host's key; the reply is to the request without it."""
        parts = urls.split(request.url)
        query = "&".join(filter(None, (parts.query, urlencode(key))))
        reply = await self.client.send(replace(request, url=parts._replace(query=query).geturl()), cookies, headers, on_its_way)
        return replace(reply, url=request.url) if isinstance(reply, Response) else replace(reply, detail=without_secrets(reply.detail))

    def _own_headers(self, request: Request) -> dict[str, str]:
        """Return the headers that the user set for a host; they go over https only, to hosts that proved who they are."""
        secure = request.verify and urls.split(request.url).scheme == "https"
        return dict(self.headers.get(urls.host_of(request.url), {})) if secure else {}

    @asynccontextmanager
    async def _scope(self, until: float | None) -> AsyncIterator[None]:
        """A time limit that `stop` can bring forward."""
        when = asyncio.get_running_loop().time() if self.stopped else until
        async with asyncio.timeout_at(when) as scope:
            self.scopes.add(scope)
            try:
                yield
            finally:
                self.scopes.discard(scope)

    def stop(self, kind: FailureKind = FailureKind.INTERRUPTED) -> None:
        """Answer every request from now on with a Failure, so that flows return what they know."""
        self.stopped = kind
        now = asyncio.get_running_loop().time()
        for scope in list(self.scopes):
            if not scope.expired():
                scope.reschedule(now)


def _is_trouble(reply: Reply) -> bool:
    if isinstance(reply, Failure):
        return reply.kind not in _SILENT and reply.kind is not FailureKind.UNSAFE
    return reply.status >= 500


def network(settings: Settings, user_agent: str) -> Network:
    """Make the access to the web that the settings ask for."""
    links = settings.links
    client = Client(Guard.of(settings.allow_private), user_agent, links.timeout)
    paces = {host.lower(): own.pace for host, own in settings.hosts.items() if own.pace is not None}
    politeness = Politeness(Manners(links.per_host, links.pace), links.concurrency, paces)
    return Network(client, politeness, {host.lower(): own.headers for host, own in settings.hosts.items()})


class Listener(Protocol):
    """Hears which named flows are to run, and each begin and end."""

    def planned(self, names: Iterable[str]) -> None:
        """These are to run side by side."""

    def began(self, path: str) -> None:
        """One began."""

    def ended(self, path: str) -> None:
        """One ended."""


Record = Callable[[str, Request, Reply], None]


@dataclass(slots=True)
class Driver:
    """Carries flows. `listener` hears of the named ones; `record` sees each reply; `store` remembers."""

    network: Network
    listener: Listener | None = None
    record: Record = lambda _path, _request, _reply: None
    store: Store | None = None
    memory: dict[str, asyncio.Task[Any]] = field(default_factory=dict)
    going_on: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def drive(self, flow: Flow[T], path: str = "", limits: Limits | None = None) -> T:
        """Carry a flow to its end; each flow has a cookie jar of its own."""
        cookies, left = httpx.Cookies(), limits or Limits()
        reply: Any = None
        while True:
            try:
                step = flow.send(reply)
            except StopIteration as stop:
                result: T = stop.value
                return result
            match step:
                case Request():
                    reply = await self.network.send(step, cookies, left)
                    self.record(path, step, reply)
                    await self._turn()
                case Together():
                    reply = await self._together(step, path, left)
                case Kept():
                    reply = await self._kept(step, path, left)
                case Shared():
                    reply = await self._shared(step, left)

    async def _turn(self) -> None:
        """Let one flow go on in each turn of the loop: many that read pages at once would keep it from sending on time."""
        if self.network.politeness.default.pace:
            await self.going_on.acquire()
            asyncio.get_running_loop().call_soon(self.going_on.release)

    async def _together(self, step: Together, path: str, limits: Limits) -> dict[str, Any]:
        now = asyncio.get_running_loop().time()
        until = min((t for t in (limits.until, now + step.altogether if step.altogether else None) if t is not None), default=None)
        results: dict[str, Any] = dict.fromkeys(step.flows)  # in the order of the flows, whichever ends first

        async def work(names: Iterator[str]) -> None:
            for name in names:
                here = step.path(path, name)
                if self.listener:
                    self.listener.began(here)
                results[name] = await self.drive(step.flows[name](), here, Limits(until, step.each, step.each))
                if self.listener:
                    self.listener.ended(here)

        if self.listener:
            self.listener.planned(step.path("", name) for name in results)
        queues = _queues(results, step.queue)

        async def take() -> None:
            for queue in queues:
                await work(queue)

        await asyncio.gather(*(take() for _ in range(min(_WINDOW, len(results)))))
        return results

    async def _kept(self, step: Kept, path: str, limits: Limits) -> Any:  # noqa: ANN401
        data = self.store.get(step.key) if self.store else None
        result = step.load(data) if data is not None else None
        if result is None:
            result = await self.drive(step.make(), path, limits)
            if self.store and (lasts := step.lasts(result)):
                self.store.put(step.key, step.dump(result), lasts)
                if step.at_once:
                    self.store.flush()
        return result

    async def _shared(self, step: Shared, limits: Limits) -> Any:  # noqa: ANN401
        if step.key not in self.memory:
            own = Limits(limits.until, limits.whole, limits.whole)  # whoever asks first, a shared flow has its full time
            self.memory[step.key] = asyncio.ensure_future(self.drive(step.make(), step.key, own))
        return await asyncio.shield(self.memory[step.key])


def _queues(flows: Collection[str], queue: Callable[[str], str] | None) -> Iterator[Iterator[str]]:
    """Yield each queue, the longest first, as often as several may work on it; later workers find it shorter, or empty."""
    if queue is None:
        return repeat(iter(flows), len(flows))
    by_queue: dict[str, list[str]] = {}
    for name in flows:
        by_queue.setdefault(queue(name), []).append(name)
    longest_first = [(iter(names), len(names)) for names in sorted(by_queue.values(), key=len, reverse=True)]
    return (names for turn in range(0, _WORKERS, 4) for names, length in longest_first for _ in range(max(0, min(length - turn, 4))))

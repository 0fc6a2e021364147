"""Manners: how many requests a host sees at once, how far apart, and when it asked to be left alone.

A request that waits holds no slot of the run: it waits for its turn in its host's lane, then takes a
slot of the run, and gives it back with the answer. Where one has timed out, nothing new starts in that
lane until those under way have settled: whether the host hangs is known then.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Protocol

from refcheck.text import urls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from datetime import datetime

    from refcheck.model.flow import Request


@dataclass(frozen=True, slots=True)
class Manners:
    """How a lane is treated: how many at once, seconds between two starts, how often one request is tried.

    `penance` is the pause in seconds after a refusal that does not say how long; after so many `refusals` in a row a lane is left alone.
    """

    at_once: int = 2
    pace: float = 0.25
    attempts: int = 3
    penance: float = 2.0
    refusals: int = 5


# The Wayback Machine's limits, with a margin (600 playbacks and 30 index queries a minute are its hard ones).
LANES: Mapping[str, Manners] = {
    "wayback": Manners(at_once=2, pace=0.3, attempts=3, penance=60.0),
    "wayback-cdx": Manners(at_once=1, pace=2.6, attempts=1, penance=60.0),
    "wayback-save": Manners(at_once=1, pace=10.0, attempts=1, penance=60.0),  # seven captures a minute with keys
    "wayback-status": Manners(at_once=1, pace=1.0, attempts=2, penance=30.0),
    # Metadata sources, by their own words (see each in refcheck.sources); what their headers say while they are asked goes before.
    "doi.org": Manners(refusals=9),
    "crossref": Manners(at_once=1, pace=1.0, penance=5.0, refusals=9),  # searches: one a second without a mail address
    "datacite": Manners(at_once=1, pace=0.65, penance=10.0, refusals=9),  # 500 in five minutes
    "openalex": Manners(at_once=2, pace=0.15, penance=5.0, refusals=9),
    "arxiv": Manners(at_once=1, pace=3.1, penance=10.0, refusals=9),  # one in three seconds, one at a time
    "dblp": Manners(at_once=1, pace=1.0, penance=10.0, refusals=9),
    "dblp-sparql": Manners(at_once=1, pace=1.0, penance=10.0, refusals=9),
    "openlibrary": Manners(at_once=1, pace=1.05, penance=10.0, refusals=9),  # one a second for those without an address to write to
    "semanticscholar": Manners(at_once=1, pace=1.1, penance=5.0, refusals=9),
    "pubmed": Manners(at_once=1, pace=0.4, penance=5.0, refusals=9),  # three a second without a key
    "googlebooks": Manners(at_once=1, pace=0.5, penance=10.0, refusals=9),
}


_OF_HOSTS = {
    "web.archive.org": "wayback",
    "api.crossref.org": "crossref",
    "api.datacite.org": "datacite",
    "api.openalex.org": "openalex",
    "export.arxiv.org": "arxiv",
    "dblp.org": "dblp",
    "sparql.dblp.org": "dblp-sparql",
    "openlibrary.org": "openlibrary",
    "api.semanticscholar.org": "semanticscholar",
    "eutils.ncbi.nlm.nih.gov": "pubmed",
    "www.googleapis.com": "googlebooks",
}


def lane_of(request: Request) -> str:
    """Return the lane of a request: the one that it names, else that of its host."""
    host = urls.host_of(request.url)
    return request.lane or _OF_HOSTS.get(host, host)


class Turns(Protocol):
    """The turns of the services in LANES, which all processes on a machine share."""

    def reserve(self, lane: str, pace: float, longest: float) -> float:
        """Take the next turn, unless it is farther away than the longest wait; return in how many seconds it is."""

    def postpone(self, lane: str, seconds: float) -> None:
        """Let nobody ask for some time."""


LONGEST_WAIT = 30.0  # seconds that a run waits for a host that asked for a pause
_FORGIVEN = 0.1  # share of the pace by which two starts may be closer, where the first one was late
_SLOWEST = 4.0  # seconds between two requests to a host that refuses time and again
_LEAST_PACE = 0.1  # seconds between two requests, whatever a service allows
_CROWD = 1000  # lanes, from which on those that nobody needs are forgotten
_PATIENCE = 2  # addresses of one host that may time out before no other is asked


@dataclass(slots=True)
class _Lane:
    """The state of one lane. `silent` are the addresses that timed out since the last answer."""

    manners: Manners
    slots: asyncio.Semaphore
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    last_start: float = float("-inf")
    due: float = float("-inf")  # when its last turn was
    refusals: int = 0
    closed_until: float = 0.0
    silent: set[str] = field(default_factory=set)
    wanted: int = 0  # requests that wait for it, or are under way
    under_way: int = 0
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    has_left: asyncio.Event = field(default_factory=asyncio.Event)
    answers: int = 0
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_away(self) -> bool:
        """Whether it refused so often that it is left alone: no turn there is worth waiting for."""
        return self.refusals >= self.manners.refusals

    def is_idle(self, now: float) -> bool:
        """Whether a new lane would be the same: nobody wants it, and nothing is to be remembered of it."""
        return not (self.wanted or self.silent or self.refusals) and max(self.last_start + self.manners.pace, self.closed_until) <= now

    def wait(self, now: float) -> float:
        """Return the seconds until its next turn; none for one that is left alone, or asked for a longer pause than a run waits."""
        wait = max(self.last_start + self.manners.pace, self.closed_until) - now
        return 0.0 if self.is_away or wait > LONGEST_WAIT else max(wait, 0.0)


@dataclass(slots=True)
class Politeness:
    """The lanes of one run: one for each host, and those that a request names. `turns` are shared with other processes."""

    default: Manners
    concurrency: int
    paces: Mapping[str, float] = field(default_factory=dict)
    lanes: dict[str, _Lane] = field(default_factory=dict)
    total: asyncio.Semaphore = field(init=False)
    turns: Turns | None = None
    crowd: int = _CROWD

    def __post_init__(self) -> None:
        self.total = asyncio.Semaphore(self.concurrency)

    def manners(self, name: str) -> Manners:
        """Return how a lane is treated."""
        return self._lane(name).manners

    def _lane(self, name: str) -> _Lane:
        if name not in self.lanes:
            if len(self.lanes) >= self.crowd:
                self._forget_idle()
            own = self.paces.get(name, self.default.pace)
            manners = LANES.get(name) or replace(self.default, pace=own)
            self.lanes[name] = _Lane(manners, asyncio.Semaphore(manners.at_once))
        return self.lanes[name]

    def _forget_idle(self) -> None:
        now = asyncio.get_running_loop().time()
        self.lanes = {name: lane for name, lane in self.lanes.items() if name in LANES or not lane.is_idle(now)}
        self.crowd = max(_CROWD, 2 * len(self.lanes))

    def heard(self, name: str, url: str, *, answered: bool) -> None:
        """Note whether an address of a lane answered in time."""
        lane = self._lane(name)
        if answered:
            lane.silent.clear()
            lane.refusals = 0
            lane.answers += 1
            lane.answered.set()
        else:
            lane.silent.add(url)

    async def pause(self, name: str, seconds: float, answers: int | None) -> None:
        """Wait some seconds, but no longer than until a lane has answered so many other requests."""
        lane = self._lane(name)
        lane.wanted += 1
        enough = lane.answers + (answers or 0)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    while answers is None or lane.answers < enough:
                        lane.answered.clear()
                        await lane.answered.wait()
        finally:
            lane.wanted -= 1

    def is_open(self, name: str, url: str, *, again: bool) -> bool:
        """Whether a lane is not worth asking now.

        Two other addresses timed out there and none has answered since (one, where this one did too and
        would be asked again), it refused several times in a row, or it asked for a longer pause than a run waits.
        """
        lane = self._lane(name)
        away = lane.closed_until - asyncio.get_running_loop().time()
        return len(lane.silent - {url}) >= (1 if again else _PATIENCE) or lane.is_away or away > LONGEST_WAIT

    @asynccontextmanager
    async def slot(self, name: str) -> AsyncIterator[None]:
        """Hold a slot of a lane and of the run; its turn is waited for with the lane's slot alone."""
        lane = self._lane(name)
        lane.wanted += 1
        try:
            async with lane.slots:
                await self._turn(name, lane)
                try:
                    yield
                finally:
                    lane.under_way -= 1
                    lane.settled.set()
                    lane.has_left.set()
                    self.total.release()
        finally:
            lane.wanted -= 1

    async def _turn(self, name: str, lane: _Lane) -> None:
        """Wait for the turn of a lane, and take a slot of the run with it."""
        now = asyncio.get_running_loop().time
        async with lane.turn:
            while lane.silent and lane.under_way:
                lane.settled.clear()
                await lane.settled.wait()
            if lane.under_way and not lane.has_left.is_set():  # the one before may still be connecting: not for long
                with suppress(TimeoutError):
                    async with asyncio.timeout(4 * lane.manners.pace):
                        await lane.has_left.wait()
            while wait := lane.wait(now()):  # noqa: ASYNC110 - a refusal may move the time meanwhile
                await asyncio.sleep(wait)
            if self.turns and name in LANES and not lane.is_away:
                wait = self.turns.reserve(name, lane.manners.pace, LONGEST_WAIT)
                if wait > LONGEST_WAIT:  # another process was refused: see `is_open`
                    lane.closed_until = max(lane.closed_until, now() + wait)
                else:
                    await asyncio.sleep(wait)
            await self.total.acquire()
            lane.due = max(lane.last_start + lane.manners.pace, lane.closed_until)
            lane.last_start = lane.last_start if lane.is_away else now()  # nothing will be sent: see `is_open`
            lane.under_way += 1
            lane.has_left.clear()

    def told(self, name: str, headers: Mapping[str, str]) -> None:
        """Hear what a service says of its limit: so many requests (`x-rate-limit-limit`) in such a time (`x-rate-limit-interval`, `1s`)."""
        limit, interval = headers.get("x-rate-limit-limit", ""), headers.get("x-rate-limit-interval", "")
        match = re.fullmatch(r"(\d{1,5})s?", interval.strip())
        if limit.strip().isdigit() and int(limit) and match and name in LANES:
            lane = self._lane(name)
            lane.manners = replace(lane.manners, pace=max(min(int(match[1]) / int(limit), 60.0), _LEAST_PACE))

    def refused(self, name: str, times: int = 1) -> None:
        """Note that a lane would not serve us: after some of these in a row it is left alone."""
        self._lane(name).refusals += times

    def started(self, name: str) -> None:
        """Note that a request of a lane leaves only now: its pace counts from here, but for a little of what it is late.

        Timers are a few milliseconds late; counted from each late start, a hundred requests would take a tenth of their time more.
        """
        lane, now = self._lane(name), asyncio.get_running_loop().time()
        late = min(max(now - lane.due, 0.0), _FORGIVEN * lane.manners.pace)
        lane.last_start = now - late
        lane.has_left.set()

    def close(self, name: str, seconds: float | None) -> None:
        """Start nothing in a lane for some time: its host refused. Without a time, for as long as such hosts want.

        A host that refuses again behind such a pause is asked half as often from then on.
        """
        lane, now = self._lane(name), asyncio.get_running_loop().time()
        lane.refusals += 1
        if name not in LANES and lane.closed_until and lane.closed_until <= now:
            lane.manners = replace(lane.manners, pace=min(2 * lane.manners.pace, max(_SLOWEST, lane.manners.pace)))
        wait = lane.manners.penance if seconds is None else seconds
        lane.closed_until = max(lane.closed_until, now + wait)
        if self.turns and name in LANES:
            self.turns.postpone(name, wait)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for (RFC 9110, section 10.2.3), or None."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds()) if value else None
    except (ValueError, TypeError):
        return None

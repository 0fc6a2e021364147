"""Manners: how many requests a host sees at once, how far apart, and when it asked to be left alone.

A request that waits holds no slot: it first waits for its turn, then takes a slot of its host and one
of the run, and gives both back with the answer.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Manners:
    """How a lane is treated: how many at once, seconds between two starts, and how often one request is tried."""

    at_once: int = 2
    pace: float = 0.25
    attempts: int = 3


# The Wayback Machine's limits, with a margin (600 playbacks and 30 index queries a minute are its hard ones).
LANES: Mapping[str, Manners] = {
    "wayback": Manners(at_once=2, pace=0.3, attempts=3),
    "wayback-cdx": Manners(at_once=1, pace=2.6, attempts=1),
}


_PATIENCE = 2  # addresses of one host that may time out before no other is asked


@dataclass(slots=True)
class _Lane:
    """The state of one lane. `silent` are the addresses that timed out since the last answer."""

    manners: Manners
    slots: asyncio.Semaphore
    next_start: float = 0.0
    closed_until: float = 0.0
    silent: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Politeness:
    """The lanes of one run: one for each host, and those that a request names."""

    default: Manners
    concurrency: int
    paces: Mapping[str, float] = field(default_factory=dict)
    lanes: dict[str, _Lane] = field(default_factory=dict)
    total: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self.total = asyncio.Semaphore(self.concurrency)

    def manners(self, name: str) -> Manners:
        """Return how a lane is treated."""
        return self._lane(name).manners

    def _lane(self, name: str) -> _Lane:
        if name not in self.lanes:
            manners = LANES.get(name, self.default)
            if name in self.paces:
                manners = Manners(manners.at_once, self.paces[name], manners.attempts)
            self.lanes[name] = _Lane(manners, asyncio.Semaphore(manners.at_once))
        return self.lanes[name]

    def heard(self, name: str, url: str, *, answered: bool) -> None:
        """Note whether an address of a lane answered in time."""
        lane = self._lane(name)
        if answered:
            lane.silent.clear()
        else:
            lane.silent.add(url)

    def is_open(self, name: str, url: str) -> bool:
        """Whether a lane is not worth asking: two other addresses timed out there, and none has answered since."""
        return len(self._lane(name).silent - {url}) >= _PATIENCE

    @asynccontextmanager
    async def slot(self, name: str) -> AsyncIterator[None]:
        """Wait for this lane's turn, then hold a slot of the lane and of the run."""
        lane = self._lane(name)
        now = asyncio.get_running_loop().time
        while True:
            start = max(now(), lane.next_start, lane.closed_until)
            lane.next_start = start + lane.manners.pace
            await asyncio.sleep(start - now())
            async with lane.slots, self.total:
                if now() < lane.closed_until:  # closed while this one stood in line
                    continue
                yield
                return

    def close(self, name: str, seconds: float) -> None:
        """Start nothing in a lane for some time: its host asked for it."""
        lane = self._lane(name)
        lane.closed_until = max(lane.closed_until, asyncio.get_running_loop().time() + seconds)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for (RFC 9110, section 10.2.3), or None."""
    value = headers.get("retry-after", "").strip()
    if value.isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds()) if value else None
    except (ValueError, TypeError):
        return None

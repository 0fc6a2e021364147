"""Progress on standard error: a line that changes on a terminal, a line now and then elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Self, TextIO

from refcheck.text import urls
from refcheck.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

_ON_TERMINAL, _ELSEWHERE = 0.1, 10.0  # seconds between two lines
_SLOW = 5.0  # seconds after which a host holds the run up
_KINDS = {
    "link": "Checking links",
    "archive": "Looking for archived copies",
    "record": "Asking metadata sources",
    "repair": "Looking for new addresses",
    "submit": "Asking for captures",
    "save": "Waiting for captures",
}


@dataclass(slots=True)
class _Count:
    """How far the flows of one kind are."""

    planned: int = 0
    ended: int = 0
    begun_at: float = 0.0
    under_way: dict[str, float] = field(default_factory=dict)


class Progress:
    """Hears named flows begin and end; shows how many are done, how fast, how long the rest takes, and which hosts are waited for."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = monotonic) -> None:
        self.stream = stream
        self.clock = clock
        self.is_terminal = stream.isatty()
        self.counts = {kind: _Count() for kind in _KINDS}
        self.last = clock()
        self.width = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Leave the line clean for what comes."""
        if self.width:
            self.stream.write("\r" + " " * self.width + "\r")
            self.stream.flush()

    def planned(self, names: Iterable[str]) -> None:
        """Hear which flows are to run side by side."""
        for name in names:
            if count := self._count(name):
                count.planned += 1
                count.begun_at = count.begun_at or self.clock()

    def began(self, path: str) -> None:
        """Hear that a flow began."""
        if count := self._count(path):
            count.under_way[path] = self.clock()

    def ended(self, path: str) -> None:
        """Hear that a flow ended, and show it, not too often."""
        count = self._count(path)
        if not count:
            return
        count.under_way.pop(path, None)
        count.ended += 1
        now = self.clock()
        if now - self.last >= (_ON_TERMINAL if self.is_terminal else _ELSEWHERE):
            self.last = now
            self._show(self.text(path.split(" ", 1)[0].rpartition("|")[2]))

    def _count(self, path: str) -> _Count | None:
        kind, _, rest = path.partition(" ")
        return self.counts.get(kind.rpartition("|")[2]) if "|" not in rest.partition("://")[0] else None

    def text(self, kind: str) -> str:
        """Return how far the flows of a kind are, in one line."""
        count, now = self.counts[kind], self.clock()
        parts = [f"{_KINDS[kind]}: {count.ended} of {count.planned}"]
        took = now - count.begun_at
        if took > 1 and count.ended:
            rate = count.ended / took
            parts += [f"{rate:.0f}/s" if rate >= 1 else f"{rate * 60:.0f}/min", f"{_spoken((count.planned - count.ended) / rate)} left"]
        late = (path for path, began in count.under_way.items() if now - began > _SLOW)
        slow = dict.fromkeys(host for path in late if (host := urls.host_of(path.partition(" ")[2])))
        if slow:
            more = f" and {len(slow) - 2} more" if len(slow) > 2 else ""
            parts.append(f"waiting for {', '.join(list(slow)[:2])}{more}")
        return printable(" · ".join(parts))

    def _show(self, text: str) -> None:
        if not self.is_terminal:
            self.stream.write(text.replace(" · ", ", ") + "\n")
        else:
            text = text[:79]
            self.stream.write("\r" + text.ljust(self.width))
            self.width = max(self.width, len(text))
        self.stream.flush()


def _spoken(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"

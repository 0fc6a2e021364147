"""Flows: conversations with the web, as generators that perform none of it.

A flow yields steps, receives replies and returns what it learnt. It never sleeps, retries or reads a
clock; transport trouble is a value. `play` carries one to its end without an event loop; `net.drive`
does the same against the real web.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from datetime import datetime, timedelta

T = TypeVar("T")
Flow = Generator["Step", Any, T]


class FailureKind(StrEnum):
    """Why there is no response."""

    NO_SUCH_NAME = "dns-no-such-name"
    DNS = "dns"
    REFUSED = "refused"
    TLS = "tls"
    TIMEOUT = "timeout"
    RESET = "reset"
    PROTOCOL = "protocol"
    DECODING = "decoding"
    TOO_LARGE = "too-large"
    UNSAFE = "unsafe"
    PROXY = "proxy"
    CIRCUIT_OPEN = "circuit-open"
    DEADLINE = "deadline"
    INTERRUPTED = "interrupted"
    MAX_TIME = "max-time"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Request:
    """One request.

    `after` is a wait in seconds that holds no slot; it ends sooner where the host has answered `or_answers` other requests meanwhile.
    `lane` names the limiter where it is not the host; `timeout` is in seconds where it is not the usual one;
    `verify=False` reads a page behind a broken certificate, and nothing but reads.
    """

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    after: float = 0.0
    or_answers: int | None = None
    verify: bool = True
    body_limit: int = 131_072
    lane: str | None = None
    timeout: float | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """An answer, its body cut at the request's limit; header names are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    truncated: bool
    at: datetime
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer, and why. `transient` says that another day may differ."""

    kind: FailureKind
    detail: str
    transient: bool
    at: datetime
    attempts: int = 1


Reply = Response | Failure


@dataclass(frozen=True, slots=True)
class Together:
    """Several flows side by side, by name; `kind` stands before each name in its path. `each` and `altogether` are deadlines in seconds.

    `queue` names the queue of a flow: those of one queue begin in their order and a few at a time, so
    that a crowd at one host does not keep the others waiting.
    """

    flows: Mapping[str, Callable[[], Flow[Any]]]
    each: float | None = None
    altogether: float | None = None
    queue: Callable[[str], str] | None = None
    kind: str = ""

    def path(self, parent: str, name: str) -> str:
        """Return the path of one of the flows within that of a flow."""
        own = f"{self.kind} {name}" if self.kind else name
        return f"{parent}|{own}" if parent else own


@dataclass(frozen=True, slots=True)
class Shared:
    """A flow that runs once a run, whoever asks for its key."""

    key: str
    make: Callable[[], Flow[Any]] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """A flow whose result outlives the run where there is a store, for as long as `lasts` says of it (not at all: zero).

    `dump` turns a result into bytes, `load` turns them back, or gives None where they are of no use any more. `at_once`
    has it written before anything else is asked.
    """

    key: str
    make: Callable[[], Flow[Any]] = field(compare=False)
    dump: Callable[[Any], bytes] = field(compare=False)
    load: Callable[[bytes], Any] = field(compare=False)
    lasts: Callable[[Any], timedelta] = field(compare=False)
    at_once: bool = False


Step = Request | Together | Shared | Kept


@dataclass(frozen=True, slots=True)
class Each(Mapping[str, Callable[[], Flow[T]]]):
    """Flows that one function makes, each when its turn comes: for a great many of them."""

    subjects: Mapping[str, Any]
    make: Callable[[str], Flow[T]]

    def __getitem__(self, name: str) -> Callable[[], Flow[T]]:
        return lambda: self.make(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.subjects)

    def __len__(self) -> int:
        return len(self.subjects)


def send(request: Request) -> Flow[Reply]:
    """Ask once; the answer is one reply."""
    reply: Reply = yield request
    return reply


def together(
    flows: Mapping[str, Callable[[], Flow[T]]],
    *,
    each: float | None = None,
    altogether: float | None = None,
    queue: Callable[[str], str] | None = None,
    kind: str = "",
) -> Flow[dict[str, T]]:
    """Run several flows side by side; the answer has their results under their names."""
    results: dict[str, T] = yield Together(flows, each, altogether, queue, kind)
    return results


def shared(key: str, make: Callable[[], Flow[T]]) -> Flow[T]:
    """Run a flow once for all who ask under this key."""
    result: T = yield Shared(key, make)
    return result


def kept(step: Kept) -> Flow[Any]:
    """Return what the store remembers under a key, else run the flow and let the store remember its result."""
    result = yield step
    return result


def play(flow: Flow[T], answer: Callable[[str, Request], Reply], path: str = "", recall: Callable[[Kept], Any] = lambda _step: None) -> T:
    """Carry a flow to its end, one step after the other; `answer` replies to (path of the flow, request).

    A path is the names of the flows from the outermost on, joined by `|`; a shared flow's is its key. `recall` gives what is
    remembered of a kept step, or None.
    """
    memory: dict[str, Any] = {}

    def carry(current: Flow[Any], here: str) -> Any:  # noqa: ANN401 - a flow's result is its own business
        reply: Any = None
        while True:
            try:
                step = current.send(reply)
            except StopIteration as stop:
                return stop.value
            match step:
                case Request():
                    reply = answer(here, step)
                case Together():
                    reply = {name: carry(make(), step.path(here, name)) for name, make in step.flows.items()}
                case Kept():
                    remembered = recall(step)
                    reply = carry(step.make(), here) if remembered is None else remembered
                case Shared():
                    if step.key not in memory:
                        memory[step.key] = carry(step.make(), step.key)
                    reply = memory[step.key]

    result: T = carry(flow, path)
    return result

"""What is tried again, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_attempt

from refcheck.model.flow import Failure, FailureKind, Reply
from refcheck.net.politeness import LONGEST_WAIT, retry_after

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_PASSING = frozenset({500, 502, 503, 504, 520, 521, 522, 523, 524, 527})
_BACK_OFF = (0.6, 1.8, 4.0, 8.0)


def is_passing(reply: Reply) -> bool:
    """Whether another try may bring another answer: trouble of the network or the server, not an answer about the page.

    A time-out is not tried again: the system repeats lost packets itself all that time, another would
    double the longest wait of a run, and its verdict is only that the host is down for now.
    """
    if isinstance(reply, Failure):
        slow = reply.kind is FailureKind.PROXY and reply.attempts > 1
        return reply.transient and reply.kind is not FailureKind.TIMEOUT and not slow
    if reply.status != 429 and (reply.status not in _PASSING or "cf-mitigated" in reply.headers):
        return False
    return (retry_after(reply.headers, reply.at) or 0.0) <= LONGEST_WAIT


def pause(reply: Reply, attempt: int) -> float:
    """Return how long to wait before the next try, in seconds: longer each time, and at least what the server asked for."""
    wanted = retry_after(reply.headers, reply.at) if not isinstance(reply, Failure) else None
    growing = _BACK_OFF[min(attempt, len(_BACK_OFF)) - 1]
    return max(wanted + 0.05, growing) if wanted is not None else growing


async def answer(attempt: Callable[[], Awaitable[Reply]], attempts: int, sleep: Callable[[float], Awaitable[None]]) -> Reply:
    """Try up to so many times; the last reply counts, whatever it is."""
    first = await attempt()
    if attempts == 1 or not is_passing(first):  # nearly all are, and a policy for each is much to make and to collect
        return first
    await sleep(pause(first, 1))
    reply: Reply = await _policy(attempts - 1, sleep)(attempt)
    return reply


def _policy(attempts: int, sleep: Callable[[float], Awaitable[None]]) -> AsyncRetrying:
    """Return tenacity's way of trying again, behind a first try."""

    def wait(state: RetryCallState) -> float:
        return pause(state.outcome.result(), state.attempt_number + 1) if state.outcome else 0.0

    def last(state: RetryCallState) -> Reply | None:
        return state.outcome.result() if state.outcome else None

    return AsyncRetrying(
        stop=stop_after_attempt(attempts), retry=retry_if_result(is_passing), wait=wait, sleep=sleep, retry_error_callback=last
    )

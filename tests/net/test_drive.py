"""Flows against a network that is a function: manners, tries, deadlines, sharing, stopping."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import httpx
import pytest

from refcheck.model.flow import Failure, FailureKind, Flow, Reply, Request, Response, play, send, shared, together
from refcheck.model.settings import HostSettings, Settings
from refcheck.net import retries
from refcheck.net.client import Client
from refcheck.net.drive import Driver, Network, network
from refcheck.net.politeness import Manners, Politeness, retry_after

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def response(status: int = 200, **headers: str) -> Response:
    return Response("https://example.org/", status, {k.replace("_", "-"): v for k, v in headers.items()}, b"", truncated=False, at=NOW)


class Scripted(Client):
    """A client whose answers a function gives, after a time that it says."""

    def __init__(self, answer: Callable[[Request], tuple[float, Reply]]) -> None:
        self.answer = answer
        self.under_way = 0
        self.most = 0
        self.starts: list[tuple[str, float]] = []
        self.sent_headers: list[dict[str, str]] = []

    async def send(
        self,
        request: Request,
        cookies: httpx.Cookies,  # noqa: ARG002 - the client's interface
        headers: dict[str, str] | None = None,
        on_its_way: Callable[[], None] = lambda: None,
    ) -> Reply:
        on_its_way()
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        self.starts.append((request.url, asyncio.get_running_loop().time()))
        self.sent_headers.append(headers or {})
        seconds, reply = self.answer(request)
        try:
            await asyncio.sleep(seconds)
        finally:
            self.under_way -= 1
        return reply


def driver(
    answer: Callable[[Request], tuple[float, Reply]], manners: Manners | None = None, concurrency: int = 64
) -> tuple[Driver, Scripted]:
    client = Scripted(answer)
    return Driver(Network(client, Politeness(manners or Manners(2, 0.0), concurrency))), client


def ask(*urls: str) -> Flow[dict[str, Reply]]:
    return together({url: lambda url=url: send(Request(url)) for url in urls})  # type: ignore[misc]


async def test_flows_go_on_one_by_one_so_that_what_waits_for_its_turn_leaves_on_time() -> None:
    drive, _ = driver(lambda _: (0.0, response()), Manners(2, 0.001))
    turn, went_on = 0, []

    def next_turn() -> None:
        nonlocal turn
        turn += 1
        asyncio.get_running_loop().call_soon(next_turn)

    def reading(url: str) -> Flow[None]:
        yield Request(url)
        went_on.append(turn)

    next_turn()
    await drive.drive(together({str(n): lambda n=n: reading(f"https://host{n}.example.org/") for n in range(20)}))  # type: ignore[misc]
    assert len(set(went_on)) == len(went_on) == 20


async def test_a_host_sees_no_burst_and_no_more_than_its_share() -> None:
    drive, client = driver(lambda _: (0.05, response()), Manners(2, 0.03))
    await drive.drive(ask(*(f"https://example.org/{n}" for n in range(6))))
    times = [at for _, at in client.starts]
    assert client.most <= 2
    assert all(later - earlier >= 0.025 for earlier, later in itertools.pairwise(times))


async def test_the_run_has_a_limit_of_its_own() -> None:
    drive, client = driver(lambda _: (0.02, response()), concurrency=3)
    await drive.drive(ask(*(f"https://h{n}.example.org/" for n in range(12))))
    assert client.most == 3


async def test_passing_trouble_is_tried_again_and_a_lasting_answer_is_not() -> None:
    answers = {"https://a.example/": [response(503, retry_after="0"), response(200)], "https://b.example/": [response(404)]}
    drive, client = driver(lambda request: (0.0, answers[request.url].pop(0)))
    replies = await drive.drive(ask("https://a.example/", "https://b.example/"))
    a, b = replies["https://a.example/"], replies["https://b.example/"]
    assert isinstance(a, Response)
    assert (a.status, a.attempts, b.attempts) == (200, 2, 1)
    assert len(client.starts) == 3


async def test_a_retry_after_closes_the_lane_for_all() -> None:
    answers = [response(429, retry_after="1"), response(), response()]
    drive, client = driver(lambda _: (0.0, answers.pop(0)), Manners(1, 0.0))
    await drive.drive(ask("https://example.org/1", "https://example.org/2"))
    first, second, third = (at for _, at in client.starts)
    assert min(second, third) - first >= 0.95


async def test_a_wait_ends_when_the_host_has_answered_enough_others() -> None:
    drive, client = driver(lambda _: (0.0, response()))
    waiting = {"again": lambda: send(Request("https://example.org/again", after=60.0, or_answers=2))}
    others = {str(n): lambda n=n: send(Request(f"https://example.org/{n}")) for n in range(2)}
    await asyncio.wait_for(drive.drive(together(waiting | others)), 20)
    assert [url for url, _ in client.starts][-1] == "https://example.org/again"


async def test_a_wait_that_others_cannot_end_is_kept_to_its_end() -> None:
    drive, client = driver(lambda _: (0.0, response()))
    waiting = {"again": lambda: send(Request("https://example.org/again", after=0.2, or_answers=2))}
    elsewhere = {str(n): lambda n=n: send(Request(f"https://other.example/{n}")) for n in range(4)}
    await drive.drive(together(waiting | elsewhere))
    starts = dict(client.starts)
    assert starts["https://example.org/again"] - min(starts.values()) >= 0.19


async def test_time_under_way_is_bounded_and_waiting_for_a_turn_does_not_count() -> None:
    drive, _ = driver(lambda _: (0.08, response()), Manners(1, 0.0))
    flow = together({str(n): lambda: send(Request("https://example.org/")) for n in range(5)}, each=0.2)
    replies = await drive.drive(flow)
    assert all(isinstance(reply, Response) for reply in replies.values()), "five in a row take longer than each may"
    drive, _ = driver(lambda _: (10.0, response()))
    replies = await drive.drive(together({"slow": lambda: send(Request("https://example.org/"))}, each=0.05))
    assert isinstance(replies["slow"], Failure)
    assert replies["slow"].kind is FailureKind.DEADLINE


async def test_a_deadline_for_all_ends_what_waits_too() -> None:
    drive, _ = driver(lambda _: (10.0, response()), Manners(1, 0.0))
    flow = together({str(n): lambda: send(Request("https://example.org/")) for n in range(3)}, altogether=0.1)
    replies = await asyncio.wait_for(drive.drive(flow), 5)
    assert {reply.kind for reply in replies.values() if isinstance(reply, Failure)} == {FailureKind.DEADLINE}
    assert len(replies) == 3


async def test_a_host_that_hangs_costs_two_time_outs_not_one_for_each_link() -> None:
    hang = Failure(FailureKind.TIMEOUT, "", transient=False, at=NOW)
    drive, client = driver(lambda _: (0.02, hang), Manners(1, 0.0))
    replies = await drive.drive(ask(*(f"https://hung.example/{n}" for n in range(20))))
    kinds = [reply.kind for reply in replies.values() if isinstance(reply, Failure)]
    assert len(client.starts) == 2
    assert sorted(set(kinds)) == [FailureKind.CIRCUIT_OPEN, FailureKind.TIMEOUT]


async def test_a_host_that_keeps_refusing_is_left_alone() -> None:
    drive, client = driver(lambda _: (0.0, response(429, retry_after="0")), Manners(1, 0.0, attempts=1))
    replies = await drive.drive(ask(*(f"https://refusing.example/{n}" for n in range(20))))
    assert len(client.starts) == 5
    assert sum(isinstance(r, Failure) and r.kind is FailureKind.CIRCUIT_OPEN for r in replies.values()) == 15


async def test_a_host_that_refuses_again_behind_its_pause_is_asked_half_as_often() -> None:
    answers = [response(429, retry_after="0"), response(), response(429, retry_after="0"), response(), response()]
    drive, _ = driver(lambda _: (0.0, answers.pop(0)), Manners(1, 0.02, attempts=1))
    await drive.drive(ask("https://e.example/1", "https://e.example/2"))
    assert drive.network.politeness.manners("e.example").pace == 0.02  # one refusal is no habit
    await drive.drive(ask("https://e.example/3", "https://e.example/4"))
    assert drive.network.politeness.manners("e.example").pace == 0.04


async def test_a_host_that_wants_an_hour_is_not_asked_again_in_this_run() -> None:
    drive, client = driver(lambda _: (0.0, response(429, retry_after="3600")), Manners(1, 0.0))
    await asyncio.wait_for(drive.drive(ask("https://h.example/1", "https://h.example/2")), 5)
    assert len(client.starts) == 1


async def test_the_pace_is_kept_by_those_that_stood_in_line() -> None:
    drive, client = driver(lambda request: (0.3 if request.url.endswith(("/0", "/1")) else 0.0, response()), Manners(2, 0.05))
    await drive.drive(ask(*(f"https://example.org/{n}" for n in range(8))))
    times = sorted(at for _, at in client.starts)
    assert all(later - earlier >= 0.045 for earlier, later in pairwise(times))


async def test_one_page_that_hangs_does_not_condemn_its_host() -> None:
    hang = Failure(FailureKind.TIMEOUT, "", transient=False, at=NOW)
    drive, _ = driver(lambda request: (0.02, hang if "slow" in request.url else response()), Manners(1, 0.0))
    replies = await drive.drive(ask("https://e.example/slow", *(f"https://e.example/{n}" for n in range(5))))
    assert sum(isinstance(reply, Response) for reply in replies.values()) == 5


async def test_a_shared_flow_runs_once_whoever_asks() -> None:
    drive, client = driver(lambda _: (0.01, response()))

    def child() -> Flow[Reply]:
        return (yield from shared("one", lambda: send(Request("https://example.org/shared"))))

    replies = await drive.drive(together({"a": child, "b": child}))
    assert len(client.starts) == 1
    assert replies["a"] is replies["b"]


async def test_stopping_answers_everything_so_that_flows_return_what_they_know() -> None:
    drive, _ = driver(lambda request: (0.0 if "fast" in request.url else 10.0, response()))
    task = asyncio.ensure_future(drive.drive(ask("https://fast.example/", "https://slow.example/")))
    while not drive.network.scopes:
        await asyncio.sleep(0)
    await asyncio.sleep(0.05)
    drive.network.stop()
    replies = await asyncio.wait_for(task, 5)
    assert isinstance(replies["https://fast.example/"], Response)
    slow = replies["https://slow.example/"]
    assert isinstance(slow, Failure)
    assert slow.kind is FailureKind.INTERRUPTED


async def test_a_hosts_headers_go_to_that_host_only_and_never_past_a_broken_certificate() -> None:
    drive, client = driver(lambda _: (0.0, response()))
    drive.network.headers = {"example.org": {"Authorization": "Bearer made-up"}}
    await drive.drive(ask("https://example.org/a", "https://other.example/"))
    await drive.drive(send(Request("https://example.org/a", verify=False)))
    assert sorted(map(len, client.sent_headers)) == [0, 0, 1]


async def test_drive_and_play_agree() -> None:
    def flow() -> Flow[list[int]]:
        first = yield from send(Request("https://example.org/1"))
        rest = yield from ask("https://example.org/2", "https://example.org/3")
        return [r.status for r in (first, *rest.values()) if isinstance(r, Response)]

    statuses = {"https://example.org/1": 201, "https://example.org/2": 202, "https://example.org/3": 203}
    drive, _ = driver(lambda request: (0.0, response(statuses[request.url])))
    played = play(flow(), lambda _path, request: response(statuses[request.url]))
    assert await drive.drive(flow()) == played == [201, 202, 203]


@pytest.mark.parametrize(
    ("reply", "passing"),
    [
        (response(500), True),
        (response(522), True),
        (response(429, retry_after="2"), True),
        (response(429, retry_after="3600"), False),
        (response(503, retry_after="86400"), False),
        (response(503, cf_mitigated="challenge"), False),
        (response(404), False),
        (response(200), False),
        (Failure(FailureKind.RESET, "", transient=True, at=NOW), True),
        (Failure(FailureKind.TIMEOUT, "", transient=True, at=NOW), False),
        (Failure(FailureKind.PROXY, "", transient=True, at=NOW, attempts=1), True),
        (Failure(FailureKind.PROXY, "", transient=True, at=NOW, attempts=2), False),
        (Failure(FailureKind.NO_SUCH_NAME, "", transient=False, at=NOW), False),
    ],
)
def test_what_is_worth_another_try(reply: Reply, *, passing: bool) -> None:
    assert retries.is_passing(reply) is passing


def test_a_pause_grows_and_is_at_least_what_the_host_asked_for() -> None:
    assert [retries.pause(response(503), attempt) for attempt in (1, 2)] == [0.6, 1.8]
    assert [retries.pause(response(503, retry_after="0"), attempt) for attempt in (1, 2)] == [0.6, 1.8]
    assert retries.pause(response(429, retry_after="7"), 1) == 7.05


def test_retry_after_is_seconds_or_a_date() -> None:
    assert retry_after({"retry-after": "120"}, NOW) == 120.0
    assert retry_after({"retry-after": "Mon, 23 Nov 2026 00:01:00 GMT"}, NOW) == timedelta(minutes=1).total_seconds()
    assert retry_after({"retry-after": "soon"}, NOW) is None
    assert retry_after({}, NOW) is None


async def test_the_settings_make_the_network() -> None:
    made = network(Settings(hosts={"example.org": HostSettings({"X": "1"}, 2.0)}), "agent")
    assert made.politeness.manners("example.org").pace == 2.0
    assert made.politeness.manners("other.example").pace == 0.25
    assert made.politeness.manners("wayback-cdx").attempts == 1
    await made.client.aclose()


async def test_a_crowd_of_hosts_is_forgotten_but_for_those_of_which_something_is_to_be_remembered() -> None:
    politeness = Politeness(Manners(1, 0.0), 8, crowd=3)
    async with politeness.slot("busy.example"):
        async with politeness.slot("done.example"):
            pass
        politeness.heard("silent.example", "https://silent.example/", answered=False)
        politeness.close("closed.example", 60.0)
        assert sorted(politeness.lanes) == ["busy.example", "closed.example", "silent.example"]
    assert not politeness.is_open("silent.example", "https://silent.example/", again=False)

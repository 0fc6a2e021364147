"""Saving: submitted is not archived, a refusal comes with status 200, and nothing is captured twice."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from refcheck.archives import save
from refcheck.archives.save import Keys, Saved, save_all
from refcheck.model.flow import Failure, FailureKind, Reply, Request, Response, play
from refcheck.net.client import Client
from refcheck.net.drive import Driver, Network
from refcheck.net.politeness import Manners, Politeness
from refcheck.net.store import open_store

KEYS = Keys("made-up-access", "made-up-secret")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
A, B = "https://example.org/a", "https://example.org/b"
SUBMIT = "https://web.archive.org/save"
JOB = {"url": A, "job_id": "spn2-1"}
PENDING = {"status": "pending", "job_id": "spn2-1"}
DONE = {"status": "success", "job_id": "spn2-1", "timestamp": "20261123090102", "original_url": A, "http_status": 200}
COPY = f"https://web.archive.org/web/20261123090102/{A}"


def error(name: str) -> dict[str, str]:
    return {"status": "error", "status_ext": f"error:{name}", "message": "Told in English."}


Told = Mapping[str, object] | int | FailureKind


class Service:
    """A service that gives these answers in their order, whatever it is asked."""

    def __init__(self, *answers: Told) -> None:
        self.answers = list(answers)
        self.asked: list[Request] = []

    def __call__(self, _path: str, request: Request) -> Reply:
        self.asked.append(request)
        told = self.answers.pop(0)
        if isinstance(told, FailureKind):
            return Failure(told, "", transient=False, at=NOW)
        status, body = (told, b"<html>") if isinstance(told, int) else (200, json.dumps(told).encode())
        return Response(request.url, status, {}, body, truncated=False, at=NOW)

    @property
    def submitted(self) -> int:
        return sum(request.method == "POST" for request in self.asked)


def saved(*answers: Told, targets: tuple[str, ...] = (A,)) -> tuple[list[Saved], Service]:
    service = Service(*answers)
    return play(save_all(targets, KEYS, NOW), service), service


def test_a_job_is_followed_to_its_end_and_its_copy_is_named() -> None:
    (found,), service = saved(JOB, PENDING, PENDING, DONE)
    assert found.memento
    assert (found.memento.uri, found.memento.captured_at.isoformat()) == (COPY, "2026-11-23T09:01:02+00:00")
    assert b"if_not_archived_within=2d" in (service.asked[0].body or b"")
    assert [request.lane for request in service.asked] == ["wayback-save", *["wayback-status"] * 3]
    assert all(request.after > 0 for request in service.asked[1:])


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([error("blocked-url")], "cannot keep it (blocked-url)"),
        ([error("celery")], "this time (celery)"),
        ([JOB, error("not-found")], "cannot keep it (not-found)"),
        ([JOB, PENDING, error("browsing-timeout")], "this time (browsing-timeout)"),
        ([JOB, DONE | {"timestamp": None}], "names no copy"),
        ([JOB, DONE | {"timestamp": "soon"}], "names no copy"),
        ([JOB, DONE | {"http_status": 404}], "met status 404"),
        ([429], "http-429"),
        ([503], "http-503"),
        ([200], "garbage"),
        ([{"url": A}], "garbage"),
        ([FailureKind.RESET], "could not be asked (reset)"),
        ([JOB, *[PENDING] * 21], "submitted, but not seen to end"),
        ([JOB, *[FailureKind.RESET] * 21], "submitted, but not seen to end"),
        ([JOB, FailureKind.INTERRUPTED], "submitted, but not seen to end"),
    ],
)
def test_nothing_is_called_kept_that_is_not(answers: list[Told], words: str) -> None:
    (found,), _ = saved(*answers)
    assert found.memento is None
    assert words in found.reason


@pytest.mark.parametrize("refusal", [error("too-many-daily-captures"), error("user-session-limit"), 401])
def test_a_limit_that_is_reached_stops_the_rest(refusal: Told) -> None:
    found, service = saved(JOB, refusal, DONE, targets=(A, B, "https://example.org/c", "https://example.org/d"))
    assert service.submitted == 2
    assert [item.memento is not None for item in found] == [True, False, False, False]
    assert found[3].reason.startswith("not asked for: ")


def test_what_was_captured_lately_is_looked_up_and_not_captured_again() -> None:
    script: list[Told] = [{"url": A, "job_id": None, "message": "The same snapshot had been made 5 hours ago."}]

    def answer(path: str, request: Request) -> Reply:
        if request.method == "POST":
            return service(path, request)
        headers = {"memento-datetime": "Mon, 23 Nov 2026 04:00:00 GMT", "content-type": "text/html"}
        if "20261123040000id_" not in request.url:
            location = f"https://web.archive.org/web/20261123040000id_/{A}"
            return Response(request.url, 302, {"location": location}, b"", truncated=False, at=NOW)
        return Response(request.url, 200, headers, b"<title>A page</title><p>" + b"text " * 100, truncated=False, at=NOW)

    service = Service(*script)
    (found,) = play(save_all((A,), KEYS, NOW), answer)
    assert found.memento
    assert found.memento.uri == f"https://web.archive.org/web/20261123040000/{A}"


class Scripted(Client):
    def __init__(self, service: Service) -> None:
        self.service = service

    async def send(
        self,
        request: Request,
        cookies: httpx.Cookies,  # noqa: ARG002 - the client's interface
        headers: dict[str, str] | None = None,  # noqa: ARG002
        on_its_way: Callable[[], None] = lambda: None,
    ) -> Reply:
        on_its_way()
        return self.service("", request)


def run(service: Service, path: Path) -> Saved:
    """One run of the program, with a store that the next one finds."""
    store = open_store(path)
    try:
        driver = Driver(Network(Scripted(service), Politeness(Manners(), 8)), store=store)
        return asyncio.run(driver.drive(save_all((A,), KEYS, NOW)))[0]
    finally:
        store.close()


def test_after_a_restart_no_capture_is_made_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(save, "_POLLS", (0.0, 0.0, 0.0))
    service = Service(JOB, PENDING, FailureKind.INTERRUPTED, PENDING, DONE)
    path = tmp_path / "store.sqlite3"
    assert run(service, path).memento is None
    assert run(service, path).memento is not None
    assert run(service, path).memento is not None, "remembered: nothing is asked"
    assert service.submitted == 1
    assert not service.answers


def test_keys_are_never_shown_or_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(save, "_POLLS", (0.0,))
    run(Service(JOB, DONE), tmp_path / "store.sqlite3")
    assert b"made-up" not in (tmp_path / "store.sqlite3").read_bytes()
    assert "made-up" not in repr(KEYS)

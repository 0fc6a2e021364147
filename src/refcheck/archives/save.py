"""Save Page Now 2: ask the Wayback Machine to keep a page, and follow the job to its end.

`POST /save` gives a job, `GET /save/status/{job}` what became of it. "Submitted" is not "archived": only a job that
ended well, with a timestamp, is a copy. Refusals come with status 200 and no job. A job's id is remembered at once, and
`if_not_archived_within` makes a request that is repeated harmless, so nothing is captured twice. Source: the SPN2 public API's
description; limits as of 2026 (seven captures a minute with keys).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from refcheck.archives import choose, recognise, wayback
from refcheck.archives.archive import look_up
from refcheck.links.content import Cited
from refcheck.links.memory import loader
from refcheck.model.evidence import Memento
from refcheck.model.flow import Each, Failure, FailureKind, Flow, Kept, Request, Response, kept, send, together

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from refcheck.model.flow import Reply

T = TypeVar("T")
SAVE, STATUS = "wayback-save", "wayback-status"
_RECENTLY = "2d"
_POLLS = (3.0, 5.0, 5.0, 8.0, 10.0, 15.0, *[20.0] * 15)  # seconds before each look: six minutes in all; a capture may take two
_PERMANENT = frozenset(
    "blocked blocked-url blocked-client-ip no-access not-found filesize-limit invalid-url-syntax invalid-host-resolution unauthorized "
    "too-many-redirects http-version-not-supported method-not-allowed not-implemented no-browsers".split()
)
_QUOTA = frozenset("user-session-limit too-many-requests bandwidth-limit-exceeded too-many-daily-captures max-daily-bandwidth".split())


@dataclass(frozen=True, slots=True)
class Keys:
    """The account's keys (archive.org/account/s3.php); they are sent to the service, and never shown or written down."""

    access: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of asking for a capture: the copy, or why there is none. `final` says that asking again will not help."""

    target: str
    memento: Memento | None = None
    reason: str = ""
    final: bool = False
    stops_all: bool = False


@dataclass(frozen=True, slots=True)
class _Job:
    """A job of the service, or why there is none; `recent` says that the service has a capture of the last days already."""

    id: str = ""
    refused: str = ""
    recent: bool = False


def save_all(targets: Sequence[str], keys: Keys, now: datetime) -> Flow[list[Saved]]:
    """Have pages captured: submitted one after the other, then followed side by side; a limit that is reached stops the rest."""
    jobs: dict[str, _Job] = {}
    ended: dict[str, Saved] = {}
    stopped: Saved | None = None
    for target in targets:
        if stopped:
            ended[target] = Saved(target, reason=f"not asked for: {stopped.reason}")
            continue
        submitted = yield from together({f"submit {target}": partial(_submitted, target, keys)})
        jobs[target] = submitted[f"submit {target}"]
        if jobs[target].refused:
            ended[target] = _refused(target, jobs.pop(target).refused)
            stopped = ended[target] if ended[target].stops_all else None
    ended |= yield from together(Each(jobs, lambda target: _kept(target, jobs[target], keys, now)), kind="save")
    return [ended[target] for target in targets]


def _submitted(target: str, keys: Keys) -> Flow[_Job]:
    """Ask for a capture; a job that was given within the hour, in this run or another, is the same."""

    def lasts(job: _Job) -> timedelta:
        return timedelta(hours=1 if job.id else 0)

    return (yield from _remembered("job", target, lambda: _submit(target, keys), _Job, lasts))


def _kept(target: str, job: _Job, keys: Keys, now: datetime) -> Flow[Saved]:
    """Follow a job to its copy, unless that was seen before."""

    def lasts(saved: Saved) -> timedelta:
        return timedelta(days=1 if saved.memento else 0)

    make = partial(_recent, target, now) if job.recent else partial(_followed, target, job.id, keys)
    return (yield from _remembered("saved", target, make, Saved, lasts))


def _submit(target: str, keys: Keys) -> Flow[_Job]:
    form = urlencode({"url": target, "if_not_archived_within": _RECENTLY, "skip_first_archive": "1"}).encode()
    headers = (*_headers(keys), ("Content-Type", "application/x-www-form-urlencoded"))
    reply = yield from send(Request(f"{wayback.HOST}/save", "POST", headers, form, lane=SAVE, timeout=60.0))
    told = _told(reply)
    if isinstance(reply, Failure):
        return _Job(refused=f"failure:{reply.kind}")
    if reply.status == 401:
        return _Job(refused="error:unauthorized-keys")
    if isinstance(told.get("job_id"), str) and told["job_id"]:
        return _Job(id=told["job_id"])
    if told.get("status") == "error" or "status_ext" in told:
        return _Job(refused=str(told.get("status_ext") or told.get("message") or "error"))
    if reply.status == 200 and "job_id" in told and told.get("message"):
        return _Job(recent=True)
    return _Job(refused=f"http-{reply.status}" if reply.status != 200 else "garbage")


def _followed(target: str, job: str, keys: Keys) -> Flow[Saved]:
    """Look at a job until it has ended."""
    for wait in _POLLS:
        url = f"{wayback.HOST}/save/status/{quote(job, safe='')}"
        reply = yield from send(Request(url, headers=_headers(keys), after=wait, lane=STATUS, timeout=30.0))
        if isinstance(reply, Failure) and reply.kind in {FailureKind.INTERRUPTED, FailureKind.MAX_TIME, FailureKind.CIRCUIT_OPEN}:
            return Saved(target, reason="submitted, but not seen to end: run again later to see")
        told = _told(reply)
        if told.get("status") == "success":
            return _success(target, told)
        if told.get("status") == "error":
            return _refused(target, str(told.get("status_ext") or told.get("message") or "error"))
    return Saved(target, reason="submitted, but not seen to end: run again later to see")


def _success(target: str, told: dict[str, Any]) -> Saved:
    timestamp, original = str(told.get("timestamp", "")), str(told.get("original_url") or target)
    captured = recognise.moment(timestamp) if len(timestamp) == 14 and timestamp.isdigit() else None
    status = told.get("http_status")
    if captured is None:
        return Saved(target, reason="the service says that it succeeded, but names no copy")
    if isinstance(status, int) and status >= 400:
        return Saved(target, reason=f"the service met status {status} and kept that")
    return Saved(target, Memento(original, f"{wayback.HOST}/web/{timestamp}/{original}", captured))


def _recent(target: str, now: datetime) -> Flow[Saved]:
    """Return the capture of the last days that the service says it has."""
    found = yield from look_up((wayback.ARCHIVE,), target, now, Cited(), dated=True)
    good = next(
        (
            c.memento
            for c in found.candidates
            if choose.refusal(c, target, Cited()) is None and now - c.memento.captured_at < timedelta(days=3)
        ),
        None,
    )
    return Saved(target, good, "" if good else "the service says that it has a copy of the last days, which it does not show yet")


def _refused(target: str, why: str) -> Saved:
    """Say a refusal in words, by its kind: for good, for now, or for everything that would follow."""
    name = why.removeprefix("error:")
    if why == "error:unauthorized-keys":
        return Saved(target, reason="the service does not accept the keys", final=True, stops_all=True)
    if any(name.startswith(quota) for quota in _QUOTA):
        return Saved(target, reason=f"the account's limit is reached ({name}): try again tomorrow", stops_all=True)
    if why.startswith("failure:"):
        return Saved(target, reason=f"the service could not be asked ({why.removeprefix('failure:')}): run again later")
    if name in _PERMANENT:
        return Saved(target, reason=f"the service cannot keep it ({name})", final=True)
    return Saved(target, reason=f"the service did not keep it this time ({name}): run again later")


def _told(reply: Reply) -> dict[str, Any]:
    if not isinstance(reply, Response):
        return {}
    try:
        told = json.loads(reply.body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _headers(keys: Keys) -> tuple[tuple[str, str], ...]:
    return ("Accept", "application/json"), ("Authorization", f"LOW {keys.access}:{keys.secret}")


def _remembered(kind: str, target: str, make: Callable[[], Flow[T]], form: type[T], lasts: Callable[[T], timedelta]) -> Flow[T]:
    key = f"{kind} {sha256(target.encode()).hexdigest()}"
    saved: T = yield from kept(Kept(key, make, msgspec.json.encode, loader(form), lasts, at_once=True))
    return saved

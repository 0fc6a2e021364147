"""What is remembered of a link from run to run, and for how long.

Evidence is kept, never verdicts. How long it is trusted depends on what it says: a page that answered
stays longer than trouble, and what says nothing about the site is not kept at all.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

import msgspec

from refcheck.model.evidence import LinkEvidence
from refcheck.model.flow import FailureKind, Flow, Kept, kept
from refcheck.model.history import Sighting
from refcheck.model.verdict import LIVING, LinkVerdict, Reason, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from refcheck.links.content import Cited

T = TypeVar("T")
_FORMAT = 2  # raise it when evidence changes its meaning: what was kept before is asked anew
_OURS = frozenset(
    {
        FailureKind.INTERRUPTED, FailureKind.MAX_TIME, FailureKind.DEADLINE, FailureKind.OFFLINE,
        FailureKind.CIRCUIT_OPEN, FailureKind.PROXY, FailureKind.UNSAFE,
    }
)  # fmt: skip
_FAILED = frozenset({Verdict.DEAD, Verdict.SOFT_DEAD, Verdict.DOWN})
_SAYS_NOTHING = frozenset({Reason.PROXY, Reason.LEFT_ALONE, Reason.DEADLINE, Reason.MAINTENANCE, Reason.BROKEN_CERTIFICATE})


def remembered(target: str, cited: Cited, probe: Callable[[], Flow[LinkEvidence]]) -> Flow[LinkEvidence]:
    """Return the evidence about a link that is still good, else probe. What the references say of it is part of the question."""
    question = sha256(repr((target, cited, _FORMAT)).encode()).hexdigest()
    evidence: LinkEvidence = yield from kept(Kept(f"link {question}", probe, msgspec.json.encode, loader(LinkEvidence), lasts))
    return evidence


def loader(kind: type[T]) -> Callable[[bytes], T | None]:
    """Return what reads kept bytes back as a value of this type, or gives None where they are of another version."""

    def load(data: bytes) -> T | None:
        try:
            return msgspec.json.decode(data, type=kind)
        except msgspec.MsgspecError:
            return None

    return load


def lasts(evidence: LinkEvidence) -> timedelta:
    """Return for how long evidence is trusted; zero for what is only about us."""
    chains = (evidence.first, evidence.again, evidence.variant, evidence.sibling, evidence.unverified)
    if any(hop.failure in _OURS for chain in chains if chain for hop in chain.hops):
        return timedelta()
    status = evidence.first.last.status
    if status is None or status == 429 or status >= 500:
        return timedelta(hours=1)
    if 200 <= status < 300 and evidence.sibling is None:
        return timedelta(days=3)
    return timedelta(days=1)


def sighting(target: str, verdict: LinkVerdict) -> Sighting | None:
    """Return what a verdict adds to the history of its target; None where it says neither that it is alive nor that it failed."""
    failed = verdict.verdict in _FAILED and verdict.reason not in _SAYS_NOTHING
    if verdict.checked_at is None or not (failed or verdict.verdict in LIVING):
        return None
    return Sighting(target, verdict.checked_at, alive=not failed)

"""What is remembered of the archives' answers, and for how long: a copy that was found 90 days, that there is none one day."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from refcheck.archives import choose, wayback
from refcheck.links.memory import loader
from refcheck.model.evidence import ArchiveEvidence, Repair
from refcheck.model.flow import Flow, Kept, kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from refcheck.links.content import Cited

_FORMAT = 1  # raise it when evidence changes its meaning: what was kept before is asked anew


def remembered(
    original: str, cited: Cited, wanted: datetime | None, archives: tuple[str, ...], ask: Callable[[], Flow[ArchiveEvidence]]
) -> Flow[ArchiveEvidence]:
    """Return what the archives said of an original near a date lately, else ask them."""

    def lasts(evidence: ArchiveEvidence) -> timedelta:
        if any(choose.refusal(candidate, original, cited) is None for candidate in evidence.candidates):
            return timedelta(days=90)
        return timedelta() if evidence.trouble else timedelta(days=1)

    day = wanted.date() if wanted else None
    key = _key("archive", original, cited, day, archives)
    evidence: ArchiveEvidence = yield from kept(Kept(key, ask, msgspec.json.encode, loader(ArchiveEvidence), lasts))
    return evidence


def remembered_first_capture(original: str) -> Flow[datetime | None]:
    """Return when the archive first kept an address, as it said within a year, else ask it."""

    def lasts(captured: datetime | None) -> timedelta:
        return timedelta(days=365) if captured else timedelta()

    ask = partial(wayback.first_capture, original)
    captured: datetime | None = yield from kept(Kept(_key("first-capture", original), ask, msgspec.json.encode, loader(datetime), lasts))
    return captured


def remembered_repair(original: str, cited: Cited, ask: Callable[[], Flow[Repair]]) -> Flow[Repair]:
    """Return where a page was found again lately, else look for it."""

    def lasts(repair: Repair) -> timedelta:
        return timedelta() if repair.troubled else timedelta(days=3 if repair.url else 1)

    found: Repair = yield from kept(Kept(_key("repair", original, cited), ask, msgspec.json.encode, loader(Repair), lasts))
    return found


def _key(kind: str, *question: object) -> str:
    return f"{kind} {sha256(repr((*question, _FORMAT)).encode()).hexdigest()}"

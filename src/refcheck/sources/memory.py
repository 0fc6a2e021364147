"""What is remembered of the sources' answers, and for how long: a record 30 days, that there is none one day, trouble not at all."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from refcheck.links.memory import loader
from refcheck.model.flow import Flow, Kept, kept
from refcheck.model.record import SourceEvidence

if TYPE_CHECKING:
    from collections.abc import Callable

_FORMAT = 1  # raise it when evidence changes its meaning: what was kept before is asked anew


def remembered(source: str, question: object, ask: Callable[[], Flow[SourceEvidence]]) -> Flow[SourceEvidence]:
    """Return what a source answered lately, else ask it."""
    key = f"record {sha256(repr((source, question, _FORMAT)).encode()).hexdigest()}"
    evidence: SourceEvidence = yield from kept(Kept(key, ask, msgspec.json.encode, loader(SourceEvidence), lasts))
    return evidence


def lasts(evidence: SourceEvidence) -> timedelta:
    """Return for how long an answer is trusted."""
    if evidence.trouble:
        return timedelta()
    return timedelta(days=30 if evidence.records or evidence.registered else 1)

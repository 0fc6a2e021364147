"""What one run found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from refcheck.model.finding import Finding
    from refcheck.model.reference import Bibliography
    from refcheck.model.source import Span
    from refcheck.model.verdict import ArchiveVerdict, LinkVerdict, RecordVerdict


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of something were checked, how many skipped and how many unknown, each by its reason."""

    checked: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    unknown: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cluster:
    """References of one bibliography that are one work. `keys` in the order of the source.

    `members` are their places in the bibliography's list (keys may repeat); `survivor` is the place of
    the one to keep; `exact` says that the others hold nothing that it lacks.
    """

    members: tuple[int, ...]
    survivor: int
    keys: tuple[str, ...]
    reason: str
    sentence: str
    confidence: float
    exact: bool

    @property
    def surviving_key(self) -> str:
        """The key to cite."""
        return self.keys[self.members.index(self.survivor)]


def no_verdicts(_bibliography: Bibliography) -> Mapping[Span, RecordVerdict]:
    """Judge nothing: no source was asked."""
    return {}


@dataclass(frozen=True, slots=True, repr=False)  # asyncio and signal write out what a task returned: megabytes, here
class Report:
    """Everything one run has to say; renderers turn it into text.

    `records` has the verdicts on references, by the path of their source and where they begin; `judge_again` gives those on
    another reading of the same references, by their spans, from the same answers.
    """

    version: str
    started: datetime
    bibliographies: tuple[Bibliography, ...]
    links: Mapping[str, LinkVerdict]
    archives: Mapping[str, ArchiveVerdict]
    clusters: tuple[tuple[Bibliography, Cluster], ...]
    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    link_coverage: Tally
    record_coverage: Tally
    unreadable: tuple[tuple[str, str], ...] = ()
    offline: bool = False
    interrupted: bool = False
    records: Mapping[tuple[str, int], RecordVerdict] = field(default_factory=dict)
    judge_again: Callable[[Bibliography], Mapping[Span, RecordVerdict]] = no_verdicts

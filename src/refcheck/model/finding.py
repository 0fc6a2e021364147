"""What the user is told, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from refcheck.model.source import Edit, Span


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Applicability(StrEnum):
    """Whether a fix can be applied unseen: safe ones are, unsafe ones on demand, display ones never."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"


@dataclass(frozen=True, slots=True)
class Fix:
    """What to do, in words, and as edits of the source where it can be done there."""

    title: str
    applicability: Applicability
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding speaks of."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A defect at a place.

    A check says message and place; the rule stamps its code, name and path on it, and its own severity
    where the check did not say another.
    """

    message: str
    span: Span
    key: str = ""
    confidence: float = 1.0
    evidence: str = ""
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    severity: Severity | None = None
    code: str = ""
    name: str = ""
    path: str = ""
    suppressed_by: str | None = None

    @property
    def rank(self) -> int:
        """How bad: 0 for errors."""
        return (self.severity or Severity.WARNING).rank

"""What earlier runs saw of a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class History:
    """When a link was last alive, and how often it has failed since: in how many runs, from when to when."""

    last_alive: datetime | None = None
    failing_since: datetime | None = None
    last_failure: datetime | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one run adds to the history of a link."""

    target: str
    at: datetime
    alive: bool


UNKNOWN = History()

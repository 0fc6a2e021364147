"""What one run learnt from the web, by target."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from refcheck.model.record import SourceEvidence
    from refcheck.model.verdict import ArchiveVerdict, LinkVerdict


@dataclass(slots=True)
class Gathered:
    """Verdicts on links and on what archives have; the links that were excluded; whether there was no network.

    `pages` are what pages, or their archived copies, say of themselves.
    """

    links: dict[str, LinkVerdict] = field(default_factory=dict)
    archives: dict[str, ArchiveVerdict] = field(default_factory=dict)
    excluded: set[str] = field(default_factory=set)
    offline: bool = False
    pages: dict[str, SourceEvidence] = field(default_factory=dict)

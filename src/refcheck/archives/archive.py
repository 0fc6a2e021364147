"""What an archive is to us, and how one is asked: archives are plug-ins of one form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from refcheck.archives import choose
from refcheck.model.evidence import ArchiveEvidence, Candidate, Memento

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from refcheck.links.content import Cited
    from refcheck.model.flow import Flow

TRIES = 3
Answer = Candidate | str | None
"""A copy with what it holds; None where the archive has none; a sentence where it could not be asked."""


@dataclass(frozen=True, slots=True)
class Archive:
    """One archive: how to get the copy nearest to a date, and, where it has an index, a list of others and each of them."""

    name: str
    nearest: Callable[[str, datetime], Flow[Answer]]
    index: Callable[[str, datetime], Flow[list[Memento] | str]] | None = None
    fetch: Callable[[Memento], Flow[Answer]] | None = None


def look_up(archives: Sequence[Archive], original: str, wanted: datetime, cited: Cited, *, dated: bool) -> Flow[ArchiveEvidence]:
    """Ask one archive after the other until a copy holds the page.

    `dated` says that the date is the reference's, not just today's.
    """
    candidates: list[Candidate] = []
    troubles: list[str] = []
    excluded = False
    for archive in archives:
        found, trouble = yield from _ask(archive, original, wanted, cited)
        candidates += [c for c in found if c.chain.last.detail != choose.EXCLUDED]
        excluded = excluded or len(candidates) < len(found)
        if trouble:
            troubles.append(trouble)
        if any(choose.refusal(candidate, original, cited) is None for candidate in candidates):
            break
    target = wanted if dated else None
    return ArchiveEvidence(original, target, tuple(candidates), "; ".join(dict.fromkeys(troubles)) or None, excluded)


def _ask(archive: Archive, original: str, wanted: datetime, cited: Cited) -> Flow[tuple[list[Candidate], str | None]]:
    """Fetch the nearest copy of one archive, and others where it does not hold the page; say what was in the way, if anything."""
    found = yield from archive.nearest(original, wanted)
    if isinstance(found, str):
        return [], found
    if found is None:
        return [], None
    if choose.refusal(found, original, cited) is None or found.chain.last.detail == choose.EXCLUDED or archive.index is None:
        return [found], None
    rows = yield from archive.index(original, wanted)
    if isinstance(rows, str):
        return [found], rows
    more, trouble = yield from _try(archive, [row for row in choose.ordered(rows, wanted) if row.uri != found.memento.uri], original, cited)
    return [found, *more], trouble


def _try(archive: Archive, rows: Sequence[Memento], original: str, cited: Cited) -> Flow[tuple[list[Candidate], str | None]]:
    """Fetch up to three other copies until one holds the page."""
    candidates: list[Candidate] = []
    trouble: str | None = None
    for memento in rows[:TRIES] if archive.fetch else ():
        found = yield from archive.fetch(memento) if archive.fetch else ()
        if isinstance(found, str):
            trouble = found
        elif found is not None:
            candidates.append(found)
            if choose.refusal(found, original, cited) is None:
                return candidates, None
    return candidates, trouble

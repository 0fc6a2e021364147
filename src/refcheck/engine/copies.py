"""Ask the archives for copies of what is gone, blocked, down or drifted, and look for where a gone page is now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from refcheck.archives import carried, choose, memento, wayback
from refcheck.archives.archive import look_up
from refcheck.archives.memory import remembered, remembered_repair
from refcheck.archives.repair import repair
from refcheck.model.flow import Each, Flow, together
from refcheck.model.history import UNKNOWN, History
from refcheck.model.reference import Link, Reference, Role
from refcheck.model.verdict import LIVING, NEEDS_A_COPY, ArchiveVerdict, LinkVerdict, Reason, Verdict
from refcheck.sources import webpage
from refcheck.text import dates

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from refcheck.links.content import Cited
    from refcheck.model.evidence import ArchiveEvidence, Repair
    from refcheck.model.record import SourceEvidence
    from refcheck.model.settings import ArchiveSettings


class Which(Enum):
    """Of which links a copy is wanted: of none, of those that cannot be seen, or of all."""

    NONE = 0
    NEEDED = 1
    ALL = 2


Citing = list[tuple[Reference, Link]]
_Asked: TypeAlias = "tuple[dict[str, ArchiveVerdict], dict[str, Repair], dict[str, SourceEvidence]]"
_NOWHERE = frozenset({Reason.UNKNOWN_DOI, Reason.HIJACKED, Reason.PARKED})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which copy is wanted of an address: for which reference's words, near which day (None: any), and whether the page is gone."""

    cited: Cited
    date: datetime | None
    verdict: LinkVerdict


def wanted(
    citing: Mapping[str, Citing],
    cited_by: Mapping[str, Cited],
    links: Mapping[str, LinkVerdict],
    histories: Mapping[str, History],
    which: Which,
) -> dict[str, Wanted]:
    """Return the addresses whose copy is wanted: of each that some reference cites without a sound copy beside it."""
    found: dict[str, Wanted] = {}
    for target, places in citing.items():
        verdict = links.get(target)
        needs = verdict is not None and (
            verdict.verdict in NEEDS_A_COPY or verdict.shows is not None or (which is Which.ALL and verdict.verdict in LIVING)
        )
        bare = [
            reference for reference, link in places if link.role is not Role.ARCHIVED_COPY and not carried.has_sound_copy(reference, links)
        ]
        if verdict is not None and needs and bare:
            date = next(filter(None, map(wanted_date, bare)), None) or histories.get(target, UNKNOWN).last_alive
            found[target] = Wanted(cited_by[target], date, verdict)
    return found


def wanted_date(reference: Reference) -> datetime | None:
    """Return the day whose copy is wanted: the day of access, else the reference's date (mid-year where only the year is known)."""
    accessed = dates.parse(reference.value("urldate", "lastchecked", "accessed"))
    date = accessed or reference.issued
    return dates.middle(date) if date and 1996 <= date.year <= 9998 else None


def ask(targets: Mapping[str, Wanted], settings: ArchiveSettings, started: datetime) -> Flow[_Asked]:
    """Ask the archives, within their deadline; return what they have, where pages that are gone were found again, and what copies say."""
    found = yield from together({"archives": lambda: _ask_all(targets, settings, started)}, altogether=settings.deadline)
    return found["archives"]


def _ask_all(targets: Mapping[str, Wanted], settings: ArchiveSettings, started: datetime) -> Flow[_Asked]:
    """Look up the copies, then, in what is left of the time, where gone pages are now: a copy is worth more."""
    archives = (wayback.ARCHIVE, *map(memento.archive, settings.timegates))
    names = tuple(archive.name for archive in archives)

    def copy(target: str) -> Flow[ArchiveEvidence]:
        want = targets[target]
        date = min(want.date, started) if want.date else started
        asking = partial(look_up, archives, target, date, want.cited, dated=want.date is not None)
        return remembered(target, want.cited, want.date, names, asking)

    evidence = yield from together(Each(targets, copy), kind="archive")
    gone = {target: want for target, want in targets.items() if _may_be_elsewhere(want.verdict)}

    def elsewhere(target: str) -> Flow[Repair]:
        want = gone[target]
        looking = partial(
            repair, target, want.cited, evidence[target], host_answers=want.verdict.status is not None and not evidence[target].trouble
        )
        return remembered_repair(target, want.cited, looking)

    repairs = yield from together(Each(gone, elsewhere), kind="repair")
    verdicts = {target: choose.choose(evidence[target], want.cited, settings.window, names) for target, want in targets.items()}
    said = {target: found for target, verdict in verdicts.items() if (found := _said(evidence[target], verdict))}
    said |= {r.original: webpage.evidence(r.page, r.url) for r in repairs.values() if r.page and r.url}
    return verdicts, {found.original: found for found in repairs.values() if found.url}, said


def _said(evidence: ArchiveEvidence, verdict: ArchiveVerdict) -> SourceEvidence | None:
    """Return what the copy that is proposed says of itself."""
    chosen = next((c for c in evidence.candidates if verdict.memento and c.memento == verdict.memento and c.chain.page), None)
    if chosen is None or chosen.chain.page is None:
        return None
    return webpage.evidence(chosen.chain.page, evidence.original, chosen.memento.captured_at, archived=chosen.memento.uri)


def _may_be_elsewhere(verdict: LinkVerdict) -> bool:
    return verdict.verdict in {Verdict.DEAD, Verdict.SOFT_DEAD} and verdict.reason not in _NOWHERE


def with_repair(verdict: LinkVerdict, repaired: Repair) -> LinkVerdict:
    """Return the verdict with the address where the page was found again."""
    return replace(verdict, suggestion=repaired.url, repair=repaired.how)

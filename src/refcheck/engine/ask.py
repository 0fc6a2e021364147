"""Ask the web what the references need: their links, then the archives for what is gone, blocked or down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING

from refcheck.archives import choose, wayback
from refcheck.links.content import Cited
from refcheck.links.judge import judge
from refcheck.links.memory import remembered
from refcheck.links.probe import follow, hop_of, probe
from refcheck.model.evidence import ArchiveEvidence, Candidate, Chain, LinkEvidence
from refcheck.model.flow import Each, FailureKind, Flow, Request, send, together
from refcheck.model.history import UNKNOWN, History
from refcheck.model.reference import Link, Reference, Role
from refcheck.model.verdict import BAD_COPY, NEEDS_A_COPY, ArchiveVerdict, LinkVerdict, Reason, Verdict
from refcheck.text import dates, urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from refcheck.model.settings import Settings

_NEVER_ASKED = frozenset({FailureKind.UNSAFE, FailureKind.INTERRUPTED, FailureKind.MAX_TIME})


@dataclass(slots=True)
class Gathered:
    """What one run learnt from the web, by target."""

    links: dict[str, LinkVerdict] = field(default_factory=dict)
    archives: dict[str, ArchiveVerdict] = field(default_factory=dict)
    excluded: set[str] = field(default_factory=set)
    offline: bool = False


@dataclass(frozen=True, slots=True)
class _Judged:
    """A verdict, and whether any origin answered in this run (None where nothing was asked)."""

    verdict: LinkVerdict
    answered: bool | None


def ask(
    references: Sequence[Reference], settings: Settings, started: datetime, histories: Mapping[str, History], *, archives: bool
) -> Flow[Gathered]:
    """Ask for every link of the references once, then for the archived copies that are needed."""
    citing = citing_by_target(references)
    excluded = {t for t in citing if any(_matches(t, p) for p in settings.links.exclude)}
    for target in excluded:
        del citing[target]
    gathered = Gathered(excluded=excluded)

    def make(target: str) -> Flow[_Judged]:
        return _judged(target, cited_by(citing[target]), histories.get(target, UNKNOWN), started)

    judged = yield from together(Each("link", citing, make), each=settings.links.deadline, queue=_host)
    gave_up = yield from _gave_up([item.answered for item in judged.values()], settings)
    gathered.offline = gave_up is Reason.OFFLINE
    for item in judged.values():
        target = item.verdict.target
        gathered.links[target] = _unjudged(target, gave_up) if gave_up and item.answered is not None else item.verdict
    if archives and not gave_up:
        gathered.archives = yield from _ask_archives(references, citing, gathered.links, settings, started)
    return gathered


def _host(name: str) -> str:
    return urls.host_of(name.partition(" ")[2])


def citing_by_target(references: Iterable[Reference]) -> dict[str, list[tuple[Reference, Link]]]:
    """Return each address to ask once, with the references that cite it and their links."""
    found: dict[str, list[tuple[Reference, Link]]] = {}
    for reference in references:
        for link in reference.links:
            if link.target:
                found.setdefault(link.target, []).append((reference, link))
    return found


def cited_by(citing: Sequence[tuple[Reference, Link]]) -> Cited:
    """Return what the references that cite an address say of its page."""
    titles = dict.fromkeys(reference.title for reference, _ in citing if reference.title)
    authors = dict.fromkeys(person.sort_name for reference, _ in citing for person in reference.authors)
    years = dict.fromkeys(reference.issued.year for reference, _ in citing if reference.issued)
    anchors = dict.fromkeys(anchor for _, link in citing if (anchor := urls.anchor_of(link.url)))
    return Cited(tuple(titles), tuple(authors), tuple(years), tuple(anchors))


def _matches(target: str, pattern: str) -> bool:
    """Whether an address is excluded by a pattern: a glob, or a regular expression between slashes."""
    if len(pattern) > 2 and pattern.startswith("/") and pattern.endswith("/"):
        return re.search(pattern[1:-1], target) is not None
    return fnmatchcase(target, pattern) or fnmatchcase(target, f"*://{pattern}") or fnmatchcase(target, f"*://{pattern}/*")


def _judged(target: str, cited: Cited, history: History, started: datetime) -> Flow[_Judged]:
    """Ask an address, or remember what it answered lately, and judge it; the evidence is not kept beyond that."""
    evidence = yield from remembered(target, cited, partial(_probe, target, cited))
    hops = evidence.first.hops
    asked_now = hops[-1].at >= started and hops[-1].failure not in _NEVER_ASKED
    answered = any(hop.status is not None for hop in hops) if asked_now else None
    return _Judged(judge(evidence, cited, history), answered)


def _probe(target: str, cited: Cited) -> Flow[LinkEvidence]:
    """Ask an address; one of the Wayback Machine by the original bytes of its copy, where alone errors show."""
    memento = wayback.memento_of(target)
    if memento is None:
        return (yield from probe(target, cited))
    found = yield from wayback.fetch(f"{memento.captured_at:%Y%m%d%H%M%S}", memento.original)
    if isinstance(found, Candidate):
        refused = choose.refusal(found, memento.original, cited)
        last = found.chain.last
        status = last.status if refused is None or (last.status or 0) >= 400 else 200
        chain = Chain((replace(last, url=target, status=status, location=None),), found.chain.page, looping=found.chain.looping)
        return LinkEvidence(target, chain, again=chain)
    reply = yield from send(Request(target, lane=wayback.PLAYBACK))
    chain = Chain((hop_of(target, reply),), None)
    return LinkEvidence(target, chain, again=chain)  # what an archive has does not change from one second to the next


def _gave_up(answered: Sequence[bool | None], settings: Settings) -> Flow[Reason | None]:
    """Return why nothing can be judged: our own network is away (no origin answered, nor did the control hosts), or we were interrupted."""
    asked = [item for item in answered if item is not None]
    if not asked or any(asked):
        return None
    control: dict[str, Callable[[], Flow[Chain]]] = {f"control {url}": partial(follow, url) for url in settings.links.control_hosts}
    chains = yield from together(control, each=settings.links.timeout)
    if any(chain.hops[0].status is not None for chain in chains.values()):
        return None
    kinds = {chain.last.failure for chain in chains.values()}
    return Reason.INTERRUPTED if FailureKind.INTERRUPTED in kinds else Reason.MAX_TIME if FailureKind.MAX_TIME in kinds else Reason.OFFLINE


def _unjudged(target: str, reason: Reason) -> LinkVerdict:
    sentence = "our own network is away: nothing answered, nor did the control hosts"
    if reason is Reason.INTERRUPTED:
        sentence = "the run was interrupted before it was known whether there is a network"
    if reason is Reason.MAX_TIME:
        sentence = "the time given to the run was over before it was known whether there is a network"
    return LinkVerdict(target, Verdict.UNKNOWN, reason, 1.0, sentence)


def _ask_archives(
    references: Sequence[Reference],
    citing: Mapping[str, Sequence[tuple[Reference, Link]]],
    links: Mapping[str, LinkVerdict],
    settings: Settings,
    started: datetime,
) -> Flow[dict[str, ArchiveVerdict]]:
    """Look up a copy of each page that is gone, blocked or down, unless every reference citing it has one."""
    wanted: dict[str, datetime | None] = {}
    for reference in references:
        if any(link.role is Role.ARCHIVED_COPY and _is_sound(links.get(link.target or "")) for link in reference.links):
            continue
        for link in reference.links:
            verdict = links.get(link.target or "")
            away = verdict is not None and (verdict.verdict in NEEDS_A_COPY or verdict.shows is not None)
            if away and link.target and link.role is not Role.ARCHIVED_COPY:
                wanted[link.target] = wanted.get(link.target) or wanted_date(reference)
    cited = {target: cited_by(citing[target]) for target in wanted}

    def make(target: str) -> Flow[ArchiveEvidence]:
        date = wanted[target]
        return wayback.look_up(target, min(date, started) if date else started, cited[target], dated=date is not None)

    evidence = yield from together(Each("archive", wanted, make), altogether=settings.archives.deadline)
    return {target: choose.choose(evidence[f"archive {target}"], cited[target], settings.archives.window) for target in wanted}


def _is_sound(copy: LinkVerdict | None) -> bool:
    """Whether an archived copy that stands in a reference is not known to be bad."""
    return copy is None or copy.verdict not in BAD_COPY


def wanted_date(reference: Reference) -> datetime | None:
    """Return the day whose copy is wanted: the day of access, else the reference's date (mid-year where only the year is known)."""
    accessed = dates.parse(reference.value("urldate", "lastchecked", "accessed"))
    date = accessed or reference.issued
    return dates.middle(date) if date and 1996 <= date.year <= 9998 else None

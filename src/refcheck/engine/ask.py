"""Ask the web what the references need: their links, then the archives for what is gone, blocked or down."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING

from refcheck.archives import choose, recognise, wayback
from refcheck.engine import copies
from refcheck.engine.copies import Citing, Which
from refcheck.engine.gathered import Gathered
from refcheck.links.content import Cited
from refcheck.links.judge import judge, landed_together
from refcheck.links.memory import remembered
from refcheck.links.probe import follow, hop_of, probe
from refcheck.model.evidence import Candidate, Chain, LinkEvidence
from refcheck.model.flow import Each, FailureKind, Flow, Request, send, together
from refcheck.model.history import UNKNOWN, History
from refcheck.model.reference import Role
from refcheck.model.verdict import LIVING, LinkVerdict, Reason, Verdict
from refcheck.sources import webpage
from refcheck.text import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from refcheck.model.record import SourceEvidence
    from refcheck.model.reference import Link, Reference
    from refcheck.model.settings import Settings

_NEVER_ASKED = frozenset({FailureKind.UNSAFE, FailureKind.INTERRUPTED, FailureKind.MAX_TIME})


@dataclass(frozen=True, slots=True)
class _Judged:
    """A verdict, whether any origin answered in this run (None where nothing was asked), and what the page says of itself."""

    verdict: LinkVerdict
    answered: bool | None
    page: SourceEvidence | None


def ask(  # noqa: PLR0913 - what a run asks for
    references: Sequence[Reference],
    settings: Settings,
    started: datetime,
    histories: Mapping[str, History],
    which: Which,
    *,
    wants_pages: bool = True,
) -> Flow[Gathered]:
    """Ask for every link of the references once, then for the archived copies that are wanted.

    What pages say of themselves is kept where it is wanted.
    """
    citing = citing_by_target(references)
    excluded = {t for t in citing if any(_matches(t, p) for p in settings.links.exclude)}
    for target in excluded:
        del citing[target]
    gathered = Gathered(excluded=excluded)
    plain: dict[LinkVerdict, LinkVerdict] = {}

    def make(target: str) -> Flow[_Judged]:
        return _judged(target, cited_by(citing[target]), histories.get(target, UNKNOWN), started, plain, wants_page=wants_pages)

    judged = yield from together(Each(citing, make), each=settings.links.deadline, queue=urls.host_of, kind="link")
    originals = {original: places for original, places in _originals(citing, judged) if original not in citing}
    citing |= originals
    judged |= yield from together(Each(originals, make), each=settings.links.deadline, queue=urls.host_of, kind="link")
    gave_up = yield from _gave_up([item.answered for item in judged.values()], settings)
    gathered.offline = gave_up is Reason.OFFLINE
    for target, item in judged.items():
        if item.page and not gave_up:
            gathered.pages[target] = item.page
        gathered.links[target] = _unjudged(gave_up) if gave_up and item.answered is not None else item.verdict
    gathered.links |= landed_together(gathered.links)
    if which is not Which.NONE and not gave_up:
        cited = {target: cited_by(places) for target, places in citing.items()}
        targets = copies.wanted(citing, cited, gathered.links, histories, which)
        gathered.archives, repairs, kept = yield from copies.ask(targets, settings.archives, started)
        gathered.pages |= kept
        for target, repaired in repairs.items():
            gathered.links[target] = copies.with_repair(gathered.links[target], repaired)
    return gathered


def citing_by_target(references: Iterable[Reference]) -> dict[str, Citing]:
    """Return each address to ask once, with the references that cite it and their links."""
    found: dict[str, Citing] = {}
    for reference in references:
        for link in reference.links:
            if link.target:
                found.setdefault(link.target, []).append((reference, link))
    return found


def _originals(citing: Mapping[str, Citing], judged: Mapping[str, _Judged]) -> Iterator[tuple[str, Citing]]:
    """Yield the pages of which some references cite archived copies and nothing else, with those references."""
    for target, item in judged.items():
        bare = [place for place in citing[target] if all(link.role is Role.ARCHIVED_COPY for link in place[0].links)]
        if item.verdict.original and bare:
            yield item.verdict.original, [(reference, replace(link, role=Role.LANDING_PAGE)) for reference, link in bare]


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


def _judged(  # noqa: PLR0913 - what a verdict depends on, and where it may be shared
    target: str, cited: Cited, history: History, started: datetime, plain: dict[LinkVerdict, LinkVerdict], *, wants_page: bool
) -> Flow[_Judged]:
    """Ask an address, or remember what it answered lately, and judge it; the evidence is not kept beyond that.

    Pages that simply answer, of which a long list has thousands, share their verdicts through `plain`.
    """
    evidence = yield from remembered(target, cited, partial(_probe, target, cited))
    hops = evidence.first.hops
    asked_now = hops[-1].at >= started and hops[-1].failure not in _NEVER_ASKED
    answered = any(hop.status is not None for hop in hops) if asked_now else None
    verdict = judge(evidence, cited, history)
    verdict = verdict if verdict.hops else plain.setdefault(verdict, verdict)
    return _Judged(verdict, answered, _said(evidence, verdict) if wants_page else None)


def _said(evidence: LinkEvidence, verdict: LinkVerdict) -> SourceEvidence | None:
    """Return what the page at the end of a living link says of itself."""
    chains = (evidence.variant, evidence.first, evidence.again, evidence.unverified) if verdict.verdict in LIVING else ()
    chain = next((chain for chain in chains if chain and chain.page and chain.last.status == 200), None)
    return webpage.evidence(chain.page, evidence.url, chain.last.at) if chain and chain.page else None


def _probe(target: str, cited: Cited) -> Flow[LinkEvidence]:
    """Ask an address; one of the Wayback Machine by the original bytes of its copy, where alone errors show; perma.cc's by its API."""
    if guid := recognise.perma_id(target):
        reply = yield from recognise.ask_perma(guid)
        chain, told = recognise.perma_chain(target, reply), recognise.perma_original(reply)
        return LinkEvidence(target, chain, again=chain, original=told[0] if told else None)
    memento = wayback.memento_of(target)
    if memento is None:
        evidence = yield from probe(target, cited)
        return replace(evidence, original=recognise.original_of(target, evidence.first.page))
    found = yield from wayback.fetched(memento)
    if isinstance(found, Candidate):
        refused = choose.refusal(found, memento.original, cited)
        last = found.chain.last
        status = last.status if refused is None or (last.status or 0) >= 400 else 200
        chain = Chain((replace(last, url=target, status=status, location=None),), found.chain.page, looping=found.chain.looping)
    else:
        reply = yield from send(Request(target))
        chain = Chain((hop_of(target, reply),), None)
    return LinkEvidence(target, chain, again=chain, original=memento.original)  # a copy does not change from one second to the next


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


def _unjudged(reason: Reason) -> LinkVerdict:
    sentence = "our own network is away: nothing answered, nor did the control hosts"
    if reason is Reason.INTERRUPTED:
        sentence = "the run was interrupted before it was known whether there is a network"
    if reason is Reason.MAX_TIME:
        sentence = "the time given to the run was over before it was known whether there is a network"
    return LinkVerdict(Verdict.UNKNOWN, reason, 1.0, sentence)

"""Gather what the selected rules need, judge it, run the rules, make the report: one flow from end to end."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING

from refcheck import __version__
from refcheck.archives import choose, wayback
from refcheck.duplicates import cluster
from refcheck.links.content import Cited
from refcheck.links.judge import judge
from refcheck.links.probe import follow, hop_of, probe
from refcheck.model.evidence import ArchiveEvidence, Candidate, Chain, LinkEvidence
from refcheck.model.flow import FailureKind, Flow, Request, send, together
from refcheck.model.reference import Bibliography, Reference, Role
from refcheck.model.report import Report, Tally
from refcheck.model.verdict import BAD_COPY, NEEDS_A_COPY, ArchiveVerdict, LinkVerdict, Reason, Verdict
from refcheck.rules import RULES
from refcheck.rules.base import Facts, Need, Rule, answers_to
from refcheck.text import dates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from refcheck.model.finding import Finding, Severity
    from refcheck.model.settings import Settings

_NEVER_ASKED = frozenset({FailureKind.UNSAFE, FailureKind.INTERRUPTED})


def selected(settings: Settings, rules: Sequence[Rule] = RULES) -> tuple[Rule, ...]:
    """Return the rules that the settings choose: those selected (all where none are) but not ignored."""

    def named(rule: Rule, names: Iterable[str]) -> bool:
        return any(rule.answers_to(name) for name in names)

    chosen = [rule for rule in rules if not settings.select or named(rule, settings.select)]
    return tuple(rule for rule in chosen if not named(rule, settings.ignore))


@dataclass(slots=True)
class Gathered:
    """What one run learnt from the web, by target."""

    links: dict[str, LinkVerdict] = field(default_factory=dict)
    archives: dict[str, ArchiveVerdict] = field(default_factory=dict)
    excluded: set[str] = field(default_factory=set)
    offline: bool = False


def examine(bibliographies: Sequence[Bibliography], settings: Settings, rules: Sequence[Rule], started: datetime) -> Flow[Report]:
    """Check bibliographies; return the report."""
    needs = Need.NOTHING
    for rule in rules:
        needs |= rule.needs
    references = [reference for bibliography in bibliographies for reference in bibliography.references]
    gathered = Gathered()
    if Need.LINKS in needs and not settings.offline:
        gathered = yield from _ask(references, settings, started, archives=Need.ARCHIVES in needs and settings.archives.enabled)
    return report(bibliographies, settings, rules, started, gathered)


# Asking


def _ask(references: Sequence[Reference], settings: Settings, started: datetime, *, archives: bool) -> Flow[Gathered]:
    cited = cited_by_target(references)
    gathered = Gathered(excluded={t for t in cited if any(_matches(t, p) for p in settings.links.exclude)})
    targets = [target for target in cited if target not in gathered.excluded]
    flows: dict[str, Callable[[], Flow[LinkEvidence]]] = {f"link {t}": partial(_probe, t, cited[t]) for t in targets}
    evidence = yield from together(flows, each=settings.links.deadline)
    gave_up = yield from _gave_up([evidence[f"link {t}"] for t in targets], settings)
    gathered.offline = gave_up is Reason.OFFLINE
    for target in targets:
        gathered.links[target] = _unjudged(target, gave_up) if gave_up else judge(evidence[f"link {target}"], cited[target])
    if archives and not gave_up:
        gathered.archives = yield from _ask_archives(references, cited, gathered.links, settings, started)
    return gathered


def cited_by_target(references: Iterable[Reference]) -> dict[str, Cited]:
    """Return each address to ask once, with what all references citing it say of it."""
    found: dict[str, Cited] = {}
    for reference in references:
        for link in reference.links:
            if link.target:
                before = found.get(link.target, Cited())
                titles = dict.fromkeys((*before.titles, *([reference.title] if reference.title else [])))
                authors = dict.fromkeys((*before.authors, *(person.sort_name for person in reference.authors)))
                found[link.target] = Cited(tuple(titles), tuple(authors))
    return found


def _matches(target: str, pattern: str) -> bool:
    """Whether an address is excluded by a pattern: a glob, or a regular expression between slashes."""
    if len(pattern) > 2 and pattern.startswith("/") and pattern.endswith("/"):
        return re.search(pattern[1:-1], target) is not None
    return fnmatchcase(target, pattern) or fnmatchcase(target, f"*://{pattern}") or fnmatchcase(target, f"*://{pattern}/*")


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


def _gave_up(evidence: Sequence[LinkEvidence], settings: Settings) -> Flow[Reason | None]:
    """Return why nothing can be judged: our own network is away (no origin answered, nor did the control hosts), or we were interrupted."""
    asked = [item for item in evidence if item.first.last.failure not in _NEVER_ASKED]
    if not asked or any(hop.status is not None for item in asked for hop in item.first.hops):
        return None
    control: dict[str, Callable[[], Flow[Chain]]] = {f"control {url}": partial(follow, url) for url in settings.links.control_hosts}
    chains = yield from together(control, each=settings.links.timeout)
    if any(chain.hops[0].status is not None for chain in chains.values()):
        return None
    interrupted = any(chain.last.failure is FailureKind.INTERRUPTED for chain in chains.values())
    return Reason.INTERRUPTED if interrupted else Reason.OFFLINE


def _unjudged(target: str, reason: Reason) -> LinkVerdict:
    sentence = "our own network is away: nothing answered, nor did the control hosts"
    if reason is Reason.INTERRUPTED:
        sentence = "the run was interrupted before it was known whether there is a network"
    return LinkVerdict(target, Verdict.UNKNOWN, reason, 1.0, sentence)


def _ask_archives(
    references: Sequence[Reference], cited: Mapping[str, Cited], links: Mapping[str, LinkVerdict], settings: Settings, started: datetime
) -> Flow[dict[str, ArchiveVerdict]]:
    """Look up a copy of each page that is gone, blocked or down, unless every reference citing it has one."""
    wanted: dict[str, datetime | None] = {}
    for reference in references:
        if any(link.role is Role.ARCHIVED_COPY and _is_sound(links.get(link.target or "")) for link in reference.links):
            continue
        for link in reference.links:
            away = link.target and link.target in links and links[link.target].verdict in NEEDS_A_COPY
            if away and link.target and link.role is not Role.ARCHIVED_COPY:
                wanted[link.target] = wanted.get(link.target) or wanted_date(reference)
    flows: dict[str, Callable[[], Flow[ArchiveEvidence]]] = {
        f"archive {target}": partial(
            wayback.look_up, target, min(date, started) if date else started, cited[target], dated=date is not None
        )
        for target, date in wanted.items()
    }
    evidence = yield from together(flows, altogether=settings.archives.deadline)
    return {target: choose.choose(evidence[f"archive {target}"], cited[target], settings.archives.window) for target in wanted}


def _is_sound(copy: LinkVerdict | None) -> bool:
    """Whether an archived copy that stands in a reference is not known to be bad."""
    return copy is None or copy.verdict not in BAD_COPY


def wanted_date(reference: Reference) -> datetime | None:
    """Return the day whose copy is wanted: the day of access, else the reference's date (mid-year where only the year is known)."""
    accessed = dates.parse(reference.value("urldate", "lastchecked", "accessed"))
    date = accessed or reference.issued
    return dates.middle(date) if date and 1996 <= date.year <= 9998 else None


# Reporting


def report(
    bibliographies: Sequence[Bibliography], settings: Settings, rules: Sequence[Rule], started: datetime, gathered: Gathered
) -> Report:
    """Run the rules over what was gathered, and put everything into a report."""
    kept: list[Finding] = []
    suppressed: list[Finding] = []
    clusters = [(bibliography, found) for bibliography in bibliographies for found in cluster.find(bibliography.references)]
    links = {**_unasked(bibliographies, gathered, settings), **gathered.links}
    for bibliography in bibliographies:
        own = tuple(found for owner, found in clusters if owner is bibliography)
        facts = Facts(bibliography, links, gathered.archives, own, started)
        for finding in findings(facts, rules, settings):
            (suppressed if finding.suppressed_by else kept).append(finding)
    return Report(
        __version__,
        started,
        tuple(bibliographies),
        links,
        gathered.archives,
        tuple(clusters),
        tuple(kept),
        tuple(suppressed),
        _link_tally(links, gathered.links),
        Tally(skipped={"not-asked": sum(len(b.references) for b in bibliographies)}),
        offline=gathered.offline,
        interrupted=any(v.reason == Reason.INTERRUPTED for v in links.values()),
    )


def findings(facts: Facts, rules: Sequence[Rule], settings: Settings) -> list[Finding]:
    """Run rules over one bibliography; the findings in the order of the source, those that a comment silences marked."""
    found = [finding for rule in rules for finding in rule.findings(facts)]
    found = [replace(f, severity=_severity(f, settings)) for f in found]
    found = [replace(f, suppressed_by=_silenced(f, facts.bibliography)) for f in found]
    return sorted(found, key=lambda f: (f.span.start, f.code))


def _severity(finding: Finding, settings: Settings) -> Severity | None:
    return settings.severity.get(finding.name) or settings.severity.get(finding.code) or finding.severity


def _silenced(finding: Finding, bibliography: Bibliography) -> str | None:
    """Return the reason of the ignore comment above the entry that silences a finding, or None."""
    for reference in bibliography.references:
        if not reference.ignored or not reference.span.start <= finding.span.start <= reference.span.end:
            continue
        for ignore in reference.ignored:
            if not ignore.rules or any(answers_to(name, finding.code, finding.name) for name in ignore.rules):
                return ignore.reason or "an ignore comment"
    return None


def _unasked(bibliographies: Sequence[Bibliography], gathered: Gathered, settings: Settings) -> dict[str, LinkVerdict]:
    """Return a verdict for every link that was not asked, so that nothing vanishes."""
    reason, sentence = (
        (Reason.OFFLINE, "not asked: --offline") if settings.offline else (Reason.NOT_ASKED, "not asked: no selected rule needs it")
    )
    found: dict[str, LinkVerdict] = {}
    for bibliography in bibliographies:
        for reference in bibliography.references:
            for link in reference.links:
                if link.target is None:
                    scheme = link.fault == "scheme"
                    verdict = Verdict.UNKNOWN if scheme else Verdict.INVALID
                    why = "its scheme is not http or https" if scheme else f"not a URL: {link.fault}"
                    found[link.url] = LinkVerdict(link.url, verdict, Reason.SCHEME if scheme else Reason.NOT_A_URL, 0.95, why)
                elif link.target in gathered.excluded:
                    found[link.target] = LinkVerdict(
                        link.target, Verdict.UNKNOWN, Reason.NOT_ASKED, 1.0, "not asked: excluded by the configuration"
                    )
                else:
                    found.setdefault(link.target, LinkVerdict(link.target, Verdict.UNKNOWN, reason, 1.0, sentence))
    return found


def _link_tally(links: Mapping[str, LinkVerdict], asked: Mapping[str, LinkVerdict]) -> Tally:
    """Count what was checked, what was skipped on purpose (it was never asked), and what stayed unknown."""
    skipped: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for target, verdict in links.items():
        if target not in asked or verdict.verdict is Verdict.UNSAFE:
            skipped[str(verdict.reason)] += 1
        elif verdict.verdict is Verdict.UNKNOWN:
            unknown[str(verdict.reason)] += 1
    checked = len(links) - skipped.total() - unknown.total()
    return Tally(checked, dict(sorted(skipped.items())), dict(sorted(unknown.items())))

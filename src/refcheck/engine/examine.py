"""Gather what the selected rules need, judge it, run the rules, make the report: one flow from end to end."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from refcheck import __version__
from refcheck.duplicates import cluster
from refcheck.engine.gathered import Gathered
from refcheck.engine.ignoring import silenced
from refcheck.model.report import Report, Tally, no_verdicts
from refcheck.model.verdict import LinkVerdict, Reason, Standing, Verdict
from refcheck.rules import RULES
from refcheck.rules.base import Facts, Need, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from refcheck.engine.verify import Answers
    from refcheck.model.finding import Finding, Severity
    from refcheck.model.flow import Flow
    from refcheck.model.history import History
    from refcheck.model.reference import Bibliography, Reference
    from refcheck.model.settings import Settings
    from refcheck.model.source import Span
    from refcheck.model.verdict import RecordVerdict


def selected(settings: Settings, rules: Sequence[Rule] = RULES) -> tuple[Rule, ...]:
    """Return the rules that the settings choose: those selected (all where none are) but not ignored."""

    def named(rule: Rule, names: Iterable[str]) -> bool:
        return any(rule.answers_to(name) for name in names)

    def asked_for(rule: Rule) -> bool:
        return rule.name in settings.select or rule.code in settings.select

    chosen = [rule for rule in rules if asked_for(rule) or not (rule.on_request or (settings.select and not named(rule, settings.select)))]
    return tuple(rule for rule in chosen if not named(rule, settings.ignore))


def examine(
    bibliographies: Sequence[Bibliography],
    settings: Settings,
    rules: Sequence[Rule],
    started: datetime,
    histories: Mapping[str, History] | None = None,
) -> Flow[Report]:
    """Check bibliographies; return the report. `histories` are what earlier runs saw of the links."""
    if settings.dialect:
        bibliographies = [replace(b, dialect=settings.dialect) if b.source.format == "bibtex" else b for b in bibliographies]
    needs = Need.NOTHING
    for rule in rules:
        needs |= rule.needs
    references = [reference for bibliography in bibliographies for reference in bibliography.references]
    gathered, answers = yield from _gather([r for r in references if r.touched], needs, settings, started, histories or {})
    return report(bibliographies, settings, rules, started, gathered, answers)


def _gather(
    references: Sequence[Reference], needs: Need, settings: Settings, started: datetime, histories: Mapping[str, History]
) -> Flow[tuple[Gathered, Answers | None]]:
    """Ask what the rules need: links, archives, metadata sources."""
    wants_records = Need.RECORDS in needs and settings.sources.enabled and (settings.recalls or not settings.offline)
    wants_links = Need.LINKS in needs and not settings.offline
    if not wants_records and not wants_links:
        return Gathered(), None
    from refcheck.engine.ask import ask  # noqa: PLC0415 - half of the start-up time, and nothing is asked offline
    from refcheck.engine.copies import Which  # noqa: PLC0415

    which = Which.ALL if Need.ALL_COPIES in needs else Which.NEEDED if Need.ARCHIVES in needs or wants_records else Which.NONE
    which = which if settings.archives.enabled else Which.NONE
    if not wants_records:
        return (yield from ask(references, settings, started, histories, which, wants_pages=False)), None
    from refcheck.engine import verify  # noqa: PLC0415
    from refcheck.sources import query as queries  # noqa: PLC0415

    asked = references if wants_links else [] if settings.offline else [r for r in references if queries.of(r).kind == "page"]

    def links() -> Flow[Gathered]:
        return ask(asked, settings, started, histories, which)

    return (yield from verify.verify(references, links, settings, started))


def report(  # noqa: PLR0913, PLR0917 - what a report is made of
    bibliographies: Sequence[Bibliography],
    settings: Settings,
    rules: Sequence[Rule],
    started: datetime,
    gathered: Gathered,
    answers: Answers | None = None,
) -> Report:
    """Run the rules over what was gathered, and put everything into a report."""
    kept: list[Finding] = []
    suppressed: list[Finding] = []
    distinct = settings.duplicates.distinct
    clusters = [(bibliography, found) for bibliography in bibliographies for found in cluster.find(bibliography.references, distinct)]
    links = _verdicts(bibliographies, gathered, settings)
    records: dict[tuple[str, int], RecordVerdict] = {}
    for bibliography in bibliographies:
        verdicts = answers.on_all(bibliography) if answers else {}
        records |= {(bibliography.source.path, span.start): verdict for span, verdict in verdicts.items()}
        own = tuple(found for owner, found in clusters if owner is bibliography)
        facts = Facts(
            bibliography,
            links,
            gathered.archives,
            own,
            started,
            write_copies_as=settings.archives.write,
            documents=bibliographies,
            records=verdicts,
        )
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
        _record_tally(bibliographies, records, settings),
        offline=gathered.offline,
        interrupted=any(v.reason == Reason.INTERRUPTED for v in links.values()),
        records=records,
        judge_again=answers.on_all if answers else no_verdicts,
    )


def findings(facts: Facts, rules: Sequence[Rule], settings: Settings) -> list[Finding]:
    """Run rules over one bibliography; the findings in the order of the source, those that a comment silences marked."""
    references = facts.bibliography.references
    first = [rule for rule in rules if Need.FINDINGS not in rule.needs and not (settings.offline and Need.LINKS in rule.needs)]
    found, used = silenced(_found(facts, first, settings), references)
    about = tuple((rule.code, rule.name) for rule in first if _had_its_needs(rule, settings))
    known = tuple((rule.code, rule.name) for rule in RULES)
    later = replace(facts, rules=known, ran=about, used_ignores=frozenset(used))
    found += silenced(_found(later, [rule for rule in rules if Need.FINDINGS in rule.needs], settings), references)[0]
    return sorted(found, key=lambda f: (f.span.start, f.code))


def _found(facts: Facts, rules: Sequence[Rule], settings: Settings) -> list[Finding]:
    found = [finding for rule in rules for finding in rule.findings(facts)]
    untouched = [reference.span for reference in facts.bibliography.references if not reference.touched]
    if untouched:
        found = [f for f in found if not all(_is_within(span, untouched) for span in (f.span, *(r.span for r in f.related)))]
    return [replace(f, severity=_severity(f, settings)) for f in found]


def _is_within(span: Span, others: Sequence[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in others)


def _had_its_needs(rule: Rule, settings: Settings) -> bool:
    links = Need.LINKS not in rule.needs or not settings.offline
    records = Need.RECORDS not in rule.needs or (settings.sources.enabled and not settings.offline)
    return links and records and (Need.ARCHIVES not in rule.needs or settings.archives.enabled)


def _severity(finding: Finding, settings: Settings) -> Severity | None:
    return settings.severity.get(finding.name) or settings.severity.get(finding.code) or finding.severity


def _verdicts(bibliographies: Sequence[Bibliography], gathered: Gathered, settings: Settings) -> dict[str, LinkVerdict]:
    """Return a verdict for every link, in the order of the documents, those that were not asked too, so that nothing vanishes."""
    reason, sentence = (
        (Reason.OFFLINE, "not asked: --offline") if settings.offline else (Reason.NOT_ASKED, "not asked: no selected rule needs it")
    )
    found: dict[str, LinkVerdict] = {}
    for bibliography in bibliographies:
        for reference in bibliography.references:
            for link in reference.links:
                if link.target in gathered.links:
                    found[link.target] = gathered.links[link.target]
                elif link.target is None:
                    scheme = link.fault == "scheme"
                    verdict = Verdict.UNKNOWN if scheme else Verdict.INVALID
                    why = "its scheme is not http or https" if scheme else f"not a URL: {link.fault}"
                    found[link.url] = LinkVerdict(verdict, Reason.SCHEME if scheme else Reason.NOT_A_URL, 0.95, why)
                elif link.target in gathered.excluded:
                    found[link.target] = LinkVerdict(Verdict.UNKNOWN, Reason.NOT_ASKED, 1.0, "not asked: excluded by the configuration")
                else:
                    why = sentence if reference.touched else "not asked: the reference did not change"
                    found.setdefault(link.target, LinkVerdict(Verdict.UNKNOWN, reason, 1.0, why))
    found |= gathered.links
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


def _record_tally(bibliographies: Sequence[Bibliography], records: Mapping[tuple[str, int], RecordVerdict], settings: Settings) -> Tally:
    """Count the references that were judged by records, those that sources were not asked about, and those that stayed open."""
    references = sum(len(bibliography.references) for bibliography in bibliographies)
    unknown = Counter(str(verdict.reason) for verdict in records.values() if verdict.standing is Standing.UNDETERMINED)
    why = "offline" if settings.offline else "no-sources" if not settings.sources.enabled else "not-asked"
    skipped = {why: references - len(records)} if references > len(records) else {}
    return Tally(len(records) - unknown.total(), skipped, dict(sorted(unknown.items())))

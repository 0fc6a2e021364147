"""Verify references: what is asked of whom, in which order, and what the answers mean for each reference.

Pages are asked as links; sources are asked side by side with them, about what is no page. What pages say of themselves
comes then, and sources are asked about those that did not tell.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from refcheck import __version__
from refcheck.archives import memory
from refcheck.engine import records
from refcheck.model.flow import Flow, together
from refcheck.model.reference import Role
from refcheck.model.verdict import Agreement, Standing
from refcheck.sources import gaps
from refcheck.sources import query as queries
from refcheck.sources.judge import judge
from refcheck.sources.source import Asking
from refcheck.text import titles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from refcheck.engine.gathered import Gathered
    from refcheck.engine.records import Evidence
    from refcheck.model.record import SourceEvidence
    from refcheck.model.reference import Bibliography, Reference
    from refcheck.model.settings import Settings
    from refcheck.model.source import Span
    from refcheck.model.verdict import RecordVerdict

ADDRESS = "https://pypi.org/project/refcheck-bib/"


@dataclass(slots=True)
class Answers:
    """What sources answered about the references of a run, and how they are judged.

    `evidence` is found by a reference's key and title, by its title, or by its key alone: fixes change texts and spans.
    """

    asking: Asking
    this_year: int
    evidence: dict[tuple[str, str], Evidence] = field(default_factory=dict)
    missed: float = gaps.USUAL
    known: dict[tuple[str, str], RecordVerdict] = field(default_factory=dict)

    def add(self, reference: Reference, evidence: Evidence) -> None:
        """Keep what was answered about a reference."""
        for name in _names(reference):
            self.evidence.setdefault(name, evidence)

    def on(self, reference: Reference) -> RecordVerdict | None:
        """Return the verdict on a reference; None where nothing was asked about it."""
        evidence = next((self.evidence[name] for name in _names(reference) if name in self.evidence), None)
        if evidence is None or not reference.touched:
            return None
        same = (reference.key, reference.raw)
        if same not in self.known:
            self.known[same] = judge(reference, evidence, self.asking, self.this_year, self.missed)
        return self.known[same]

    def on_all(self, bibliography: Bibliography) -> dict[Span, RecordVerdict]:
        """Return the verdicts on the references of a bibliography."""
        return {reference.span: verdict for reference in bibliography.references if (verdict := self.on(reference))}

    def weigh(self, references: Sequence[Reference]) -> None:
        """Measure how complete the sources are by the references that were verified, and judge in that light from now on."""
        verified = [(v, r) for r in references if (v := self.on(r)) and v.standing is Standing.VERIFIED]
        self.missed = gaps.measured((v, queries.of(r), self.evidence[_names(r)[0]]) for v, r in verified)
        self.known.clear()


def _names(reference: Reference) -> tuple[tuple[str, str], ...]:
    title = titles.folded(reference.title)
    return ((reference.key, title), *((("", title),) if title else ()), (reference.key, ""))


def asking(settings: Settings) -> Asking:
    """Return who asks: the project, with the address that the user gave to write to."""
    contact = settings.contact or ""
    mail = contact.removeprefix("mailto:") if "@" in contact else ""
    told = f"; mailto:{mail}" if mail else f"; {contact}" if contact else ""
    agent = settings.links.user_agent or f"refcheck/{__version__} (+{ADDRESS}{told})"
    return Asking(agent, mail, settings.keyed, frozenset(settings.sources.ignore))


def verify(
    references: Sequence[Reference], links: Callable[[], Flow[Gathered]], settings: Settings, started: datetime
) -> Flow[tuple[Gathered, Answers]]:
    """Ask for links and sources side by side, then sources about what pages did not tell; return both."""
    desk = records.Desk(asking(settings), started.year)
    named = {f"{place} {reference.key}": reference for place, reference in enumerate(references)}
    pages = {name: r for name, r in named.items() if queries.of(r).kind == "page"}
    others = {name: r for name, r in named.items() if name not in pages}
    deadline = settings.sources.deadline
    side_by_side: dict[str, Callable[[], Flow[Any]]] = {"links": links, "sources": lambda: records.ask(others, {}, desk, deadline)}
    both = yield from together(side_by_side)
    gathered: Gathered = both["links"]
    evidence: dict[str, Evidence] = both["sources"]
    said = {name: _said(r, gathered.pages) for name, r in named.items()}
    if settings.archives.enabled:
        said |= yield from _bounded({name: r for name, r in pages.items() if said[name]}, said, desk, settings.archives.deadline)
    evidence |= yield from records.ask(pages, said, desk, deadline)
    answers = Answers(desk.asking, desk.this_year)
    for name, reference in named.items():
        answers.add(reference, _with_page(reference, evidence[name], said[name], desk))
    answers.weigh(references)
    return gathered, answers


def _said(reference: Reference, pages: Mapping[str, SourceEvidence]) -> Evidence:
    """Return what the pages of a reference say of themselves."""
    targets = dict.fromkeys(link.target for link in reference.links if link.target and link.role is not Role.ARCHIVED_COPY)
    copies = dict.fromkeys(link.target for link in reference.links if link.target and link.role is Role.ARCHIVED_COPY)
    return tuple(pages[target] for target in (*targets, *copies) if target in pages)


def _bounded(
    pages: Mapping[str, Reference], said: Mapping[str, Evidence], desk: records.Desk, deadline: float
) -> Flow[dict[str, Evidence]]:
    """Ask the archive since when it has the pages that call themselves younger than they are cited: dates change when pages do."""

    def seems_younger(reference: Reference, evidence: Evidence) -> bool:
        fields = judge(reference, evidence, desk.asking, desk.this_year).fields
        found = fields.get("year")
        return found is not None and found.agreement is Agreement.DIFFERENT and found.here < found.there

    asked = {name: reference for name, reference in pages.items() if seems_younger(reference, said[name])}
    addresses = {record.id for name in asked for item in said[name] for record in item.records}
    asking_since = {url: partial(memory.remembered_first_capture, url) for url in sorted(addresses)}
    kept: dict[str, datetime | None] = yield from together(asking_since, altogether=deadline)
    return {name: tuple(_since(item, kept) for item in said[name]) for name in asked}


def _since(item: SourceEvidence, kept: Mapping[str, datetime | None]) -> SourceEvidence:
    """Add to the records of pages since when an archive has them."""
    years = {url: captured.year for url, captured in kept.items() if captured}
    return replace(item, records=tuple(replace(record, archived_in=years.get(record.id)) for record in item.records))


def _with_page(reference: Reference, evidence: Evidence, said: Evidence, desk: records.Desk) -> Evidence:
    """Add what its page says to what sources said of a paper or a book, where they did not settle it."""
    if not said or set(said) <= set(evidence):
        return evidence
    verdict = judge(reference, evidence, desk.asking, desk.this_year)
    return (*evidence, *said) if verdict.standing in {Standing.NOT_FOUND, Standing.UNDETERMINED} else evidence

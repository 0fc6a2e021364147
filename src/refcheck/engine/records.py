"""Ask metadata sources about references: identifiers first, words after, and nothing that cannot change the verdict."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from refcheck.model.flow import Each, Flow, shared, together
from refcheck.model.record import SourceEvidence
from refcheck.model.verdict import Grounds, Standing
from refcheck.sources import query as queries
from refcheck.sources import registry, webpage
from refcheck.sources.compare import people
from refcheck.sources.judge import judge, searched_as
from refcheck.sources.memory import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refcheck.model.record import Record
    from refcheck.model.reference import Reference
    from refcheck.model.verdict import RecordVerdict
    from refcheck.sources.query import Query
    from refcheck.sources.source import Asking, Source

Evidence = tuple[SourceEvidence, ...]
_FOR = 100  # references for which the configured deadline is meant; more have more time


@dataclass(slots=True)
class Desk:
    """Where the questions of one run come together: which identifiers go into one request.

    `batches` has, by source and identifier, those that are asked for with it.
    """

    asking: Asking
    this_year: int
    batches: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def plan(self, asked: Sequence[Query]) -> None:
        """Put identifiers of all references together, source by source."""
        for source in registry.SOURCES:
            if source.batch and source.is_open(self.asking):
                every = list(dict.fromkeys(name for query in asked for name in source.identifiers(query)))
                for start in range(0, len(every), source.batch_size):
                    group = tuple(every[start : start + source.batch_size])
                    self.batches |= {(source.name, name): group for name in group}

    def by_identifier(self, source: Source, asked: str) -> Flow[SourceEvidence]:
        """Ask a source for an identifier, with others if it takes several at once; once a run, whoever asks."""
        return (
            yield from shared(f"record {source.name} {asked}", lambda: remembered(source.name, asked, partial(self._fetch, source, asked)))
        )

    def _fetch(self, source: Source, asked: str) -> Flow[SourceEvidence]:
        group = self.batches.get((source.name, asked), ())
        if source.batch and len(group) > 1:
            many = partial(source.batch, group, self.asking)
            found: Mapping[str, SourceEvidence] = yield from shared(f"records {source.name} {group[0]}", many)
            if (evidence := found.get(asked)) and not evidence.trouble:
                return evidence
        return (yield from source.by_identifier(asked, self.asking)) if source.by_identifier else SourceEvidence(source.name, asked)

    def by_words(self, source: Source, query: Query) -> Flow[SourceEvidence]:
        """Search a source by a reference's words; references with the same words ask once."""
        question = (query.words, query.authors, query.year)
        search = source.search
        if search is None:
            return SourceEvidence(source.name, "", trouble="it cannot be searched")
        return (
            yield from shared(
                f"search {source.name} {question}", lambda: remembered(source.name, question, lambda: search(query, self.asking))
            )
        )


def ask(references: Mapping[str, Reference], known: Mapping[str, Evidence], desk: Desk, deadline: float) -> Flow[dict[str, Evidence]]:
    """Ask about references by name, within a deadline; return what was answered about each, with what was `known` before."""
    desk.plan([queries.of(reference) for reference in references.values()])

    def make(name: str) -> Flow[Evidence]:
        return look_up(references[name], known.get(name, ()), desk)

    limit = deadline * max(1.0, len(references) / _FOR)
    return (yield from together(Each(references, make), altogether=limit, kind="record"))


def look_up(reference: Reference, known: Evidence, desk: Desk) -> Flow[Evidence]:
    """Ask one source after the other about a reference until no answer could change the verdict; `known` is what was answered before."""
    query, evidence = queries.of(reference), list(known)
    asked = {(item.source, item.asked) for item in evidence}
    for source, identifier in registry.by_identifier(query):
        if (source.name, identifier) in asked or not source.is_open(desk.asking) or not _is_wanted(reference, source, evidence, desk):
            continue
        evidence.append((yield from desk.by_identifier(source, identifier)))
    if query.is_searchable:
        yield from _search(reference, searched_as(query), evidence, desk)
    yield from _confirm(reference, evidence, desk)
    return tuple(evidence)


def _search(reference: Reference, query: Query, evidence: list[SourceEvidence], desk: Desk) -> Flow[None]:
    for source in registry.by_words(query):
        if _is_settled(reference, evidence, desk):
            return
        if source.is_open(desk.asking):
            evidence.append((yield from desk.by_words(source, query)))


def _is_settled(reference: Reference, evidence: Sequence[SourceEvidence], desk: Desk) -> bool:
    """Whether nothing that could still be asked would change the verdict."""
    verdict = judge(reference, evidence, desk.asking, desk.this_year)
    if verdict.standing in {Standing.VERIFIED, Standing.CONFLICT}:
        return True
    return verdict.standing is Standing.MISMATCH and verdict.record is not None and verdict.record.source == webpage.NAME


def _is_wanted(reference: Reference, source: Source, evidence: Sequence[SourceEvidence], desk: Desk) -> bool:
    """Whether an answer by identifier could change the verdict: a register's word is enough, an address that agrees too."""
    if not evidence:
        return True
    if source.name == "doi.org":  # only where no register has a record
        return not any(item.records and item.asked.startswith("doi:") for item in evidence)
    if source.name == "datacite":  # Crossref's works are not there
        return not any(item.records and item.source in {"crossref", "arxiv"} for item in evidence)
    return not _is_settled(reference, evidence, desk)


def _confirm(reference: Reference, evidence: list[SourceEvidence], desk: Desk) -> Flow[None]:
    """Ask what can only be asked now: for the version of record of a preprint, and the register of a record that differs."""
    verdict = judge(reference, evidence, desk.asking, desk.this_year)
    record = verdict.record
    if record is None or verdict.standing is Standing.CONFLICT or verdict.reason is Grounds.COULD_NOT_ASK:
        return
    if verdict.standing is Standing.VERIFIED:
        yield from _follow(record, evidence, desk)
        return
    if (known := _registered_as(verdict)) and not any((item.source, item.asked) == known for item in evidence):
        evidence.append((yield from desk.by_identifier(registry.BY_NAME[known[0]], known[1])))
    elif not known and {"title", "author"} & set(verdict.differing()):
        yield from _look_for_title(reference, record, evidence, desk)


def _follow(preprint: Record, evidence: list[SourceEvidence], desk: Desk) -> Flow[None]:
    """Ask for the version of record that a preprint names."""
    crossref = registry.BY_NAME["crossref"]
    for _, doi in preprint.versions[:1] if preprint.kind == "preprint" else ():
        if crossref.is_open(desk.asking):
            found = yield from desk.by_identifier(crossref, f"doi:{doi}")
            evidence.append(replace(found, asked=""))  # it was not the reference that named it


def _registered_as(verdict: RecordVerdict) -> tuple[str, str] | None:
    """Return the register of a record, with the identifier to ask it for."""
    records = (verdict.record, *verdict.others) if verdict.record else verdict.others
    names = {scheme: value for record in records for scheme, value in record.identifiers}
    doi = names.get("doi", "")
    arxiv = names.get("arxiv") or (doi.removeprefix("10.48550/arxiv.") if doi.startswith("10.48550/arxiv.") else "")
    return ("arxiv", f"arxiv:{arxiv}") if arxiv else ("crossref", f"doi:{doi}") if doi else None


def _look_for_title(reference: Reference, record: Record, evidence: list[SourceEvidence], desk: Desk) -> Flow[None]:
    """Ask other sources for a record under its own title and authors: by the cited ones they may not find it."""
    families = tuple(person.sort_name for person in people.of_record(record) if person.sort_name)
    query = replace(
        searched_as(queries.of(reference)), title=record.title, authors=families, kind="book" if record.kind == "book" else "paper"
    )
    for source in registry.by_words(query):
        if source.covers and source.name != record.source and source.is_open(desk.asking):
            found = yield from desk.by_words(source, query)
            if found.records:
                evidence.append(found)
                return

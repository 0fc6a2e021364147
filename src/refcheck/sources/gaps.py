"""How complete the sources are, as this run itself shows: the share of works that a source lacked although another has them.

Absence says little where sources have gaps. Works that were found by their words are counted with the sources that
had answered before that they have no such work; where each of them misses a share m, a true work is missed by k of them
with m^k. That has to be small before anything is made of an absence. (The idea is that of capture and recapture.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.sources.compare.container import venues_of
from refcheck.sources.crossref import ELSEWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from refcheck.model.record import SourceEvidence
    from refcheck.model.verdict import RecordVerdict
    from refcheck.sources.query import Query

USUAL = 0.05  # the share that is assumed before anything was seen
_WEIGHT = 20  # works that the assumption is worth
TOLERABLE = 0.003  # how often a true work may be missed by all


def counts(source: str, query: Query) -> bool:
    """Whether a source would have a work if it had no gaps: Crossref what has a DOI, DBLP computer science."""
    if source == "crossref":
        return (bool(query.doi) and not ELSEWHERE.match(query.doi)) or query.kind == "book" or query.is_article
    return source != "dblp" or not query.is_article or bool(venues_of(query.container))


def tolerable(missed: float, sources: Iterable[str], query: Query) -> bool:
    """Whether the absence from all these sources, each with such gaps, says something about a work."""
    return missed ** sum(counts(name, query) for name in sources) <= TOLERABLE


def measured(found: Iterable[tuple[RecordVerdict, Query, Iterable[SourceEvidence]]]) -> float:
    """Return the share of works that a source misses, from references whose works were found."""
    asked = missed = 0
    for verdict, query, evidence in found:
        records = [verdict.record, *verdict.others] if verdict.record else []
        having = {record.source for record in records}
        has_doi = any(record.identifier("doi") for record in records)
        for item in evidence:
            if item.asked or item.trouble or item.source == "openlibrary" or (item.source == "crossref" and not has_doi):
                continue
            if item.source == "crossref" or counts(item.source, query):
                asked += 1
                missed += item.source not in having
    return (missed + USUAL * _WEIGHT) / (asked + _WEIGHT)

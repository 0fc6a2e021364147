"""All sources, in the order in which they are asked: identifiers first, then by words; and which serve a reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refcheck.sources import (
    acl,
    arxiv,
    crossref,
    datacite,
    dblp,
    googlebooks,
    handles,
    openalex,
    openlibrary,
    pubmed,
    repositories,
    rfc,
    semanticscholar,
    webpage,
)
from refcheck.sources.compare.container import venues_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refcheck.sources.query import Query
    from refcheck.sources.source import Source

SOURCES: tuple[Source, ...] = (
    webpage.SOURCE,
    rfc.SOURCE,
    arxiv.SOURCE,
    pubmed.SOURCE,
    acl.SOURCE,
    crossref.SOURCE,
    datacite.SOURCE,
    openlibrary.SOURCE,
    googlebooks.SOURCE,
    *repositories.SOURCES,
    openalex.SOURCE,
    dblp.SOURCE,
    semanticscholar.SOURCE,
    handles.SOURCE,
)
BY_NAME = {source.name: source for source in SOURCES}


def by_identifier(query: Query) -> Iterator[tuple[Source, str]]:
    """Yield the sources that can be asked for an identifier of a reference, with it, in their order."""
    for source in SOURCES:
        if source.by_identifier:
            yield from ((source, asked) for asked in source.identifiers(query))


def by_words(query: Query) -> Iterator[Source]:
    """Yield the sources that could know a work by its words: books first at Open Library, and what has no DOI last at Crossref."""
    could = [source for source in SOURCES if source.search and source.could_know(query)]
    if query.kind == "paper" and venues_of(query.container) & _WITHOUT_DOI:
        could.sort(key=lambda source: source is crossref.SOURCE)
    if query.kind != "book":
        could.sort(key=lambda source: source is openlibrary.SOURCE)
    yield from could


_WITHOUT_DOI = frozenset({"neurips", "icml", "iclr", "aistats", "uai", "colt", "jmlr", "tmlr", "ijcai", "alt"})

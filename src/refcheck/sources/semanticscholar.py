"""Semantic Scholar: papers of all fields, by title.

`GET /graph/v1/paper/search/match?query=TITLE` gives the nearest, or 404 with `Title match not found`. One request a second
with a key; without, a pool that all share and that is mostly empty (429), so a refusal to those who have no key is nobody's
silence. Lists of authors may be cut, and years follow the earliest version. Source: Semantic Scholar's API documentation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from refcheck.model.flow import Flow, Request, Response
from refcheck.model.record import Record, SourceEvidence
from refcheck.sources import contributors
from refcheck.sources.compare.container import is_preprint_server
from refcheck.sources.source import Asking, NoAnswerError, Source, ask, first, needs, read_json, telling
from refcheck.text import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from refcheck.sources.query import Query

NAME, HOST = "semanticscholar", "api.semanticscholar.org"
_FIELDS = "title,authors,year,venue,externalIds,journal,publicationDate,publicationVenue"


def _search(query: Query, asking: Asking) -> Flow[SourceEvidence]:
    values = {"query": query.words[:300], "fields": _FIELDS}

    def read(reply: Response) -> tuple[Record, ...]:
        data = read_json(reply)
        if reply.status == 404:
            if "not found" not in first(data.get("error")).lower():
                raise NoAnswerError("a 404 that is not its own")
            return ()
        return telling(map(record_of, needs(data, "data", list)), query.words)

    return (yield from ask(NAME, "", Request(f"https://{HOST}/graph/v1/paper/search/match?{urlencode(values)}"), asking, read))


def record_of(item: Mapping[str, Any]) -> Record:
    """Return the record of a paper as Semantic Scholar gives it."""
    paper, outer, journal = needs(item, "paperId", str), item.get("externalIds") or {}, item.get("journal") or {}
    venue = item.get("publicationVenue") or {}
    containers = list(dict.fromkeys(filter(None, (first(item.get("venue")), first(venue.get("name")), first(journal.get("name"))))))
    people = contributors.everyone(first(a.get("name")) for a in item.get("authors") or [])
    return Record(
        source=NAME,
        id=paper,
        url=f"https://www.semanticscholar.org/paper/{paper}",
        kind="preprint" if all(map(is_preprint_server, containers)) and (containers or outer.get("ArXiv")) else "paper",
        title=first(item.get("title")),
        contributors=people,
        whole=False,
        issued=contributors.year(item.get("year")),
        years=tuple({date.year} if (date := contributors.year(item.get("publicationDate"))) else ()),
        container_title=containers[0] if containers else "",
        other_containers=tuple(containers[1:]),
        volume=first(journal.get("volume")),
        pages=first(journal.get("pages")),
        identifiers=tuple(_identifiers(outer)),
    )


def _identifiers(outer: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, scheme in (("DOI", "doi"), ("ArXiv", "arxiv"), ("PubMed", "pmid")):
        if value := identifiers.normalise(scheme, first(outer.get(name))):
            yield scheme, value


SOURCE = Source(
    NAME,
    "Semantic Scholar",
    "papers of all fields",
    (HOST,),
    could_know=lambda query: query.kind == "paper",
    search=_search,
    key="SEMANTIC_SCHOLAR_API_KEY",
    covers=True,
)

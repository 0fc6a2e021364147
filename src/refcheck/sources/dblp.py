"""DBLP: the works of computer science.

Its search shows a proof-of-work page to programs since August 2026, so it is asked by SPARQL (`sparql.dblp.org`), by titles as
DBLP writes them, with a full stop; where that service is away, by its search, whose challenge says nothing. Which of the two serves
is found out once a run. Source: DBLP's documentation of its SPARQL service and of its search API.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from refcheck.model.flow import Flow, Request, Response, shared
from refcheck.model.record import Record, SourceEvidence
from refcheck.sources import contributors
from refcheck.sources.source import Asking, NoAnswerError, Source, ask, first, needs, plain, read_json, telling
from refcheck.text import identifiers, titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from refcheck.sources.query import Query

NAME, HOST, SPARQL = "dblp", "dblp.org", "sparql.dblp.org"
_ACCEPT = (("Accept", "application/sparql-results+json"),)
_SCHEMA = "https://dblp.org/rdf/schema#"
_QUERY = """PREFIX dblp: <https://dblp.org/rdf/schema#>
SELECT ?work ?title ?year ?venue ?doi ?pages (GROUP_CONCAT(?name; separator=" ; ") AS ?names) WHERE {{
  ?work dblp:title ?title . FILTER({filters})
  OPTIONAL {{ ?work dblp:yearOfPublication ?year }} OPTIONAL {{ ?work dblp:publishedIn ?venue }}
  OPTIONAL {{ ?work dblp:doi ?doi }} OPTIONAL {{ ?work dblp:pagination ?pages }}
  OPTIONAL {{ ?work dblp:hasSignature ?signature . ?signature dblp:signatureDblpName ?name }}
}} GROUP BY ?work ?title ?year ?venue ?doi ?pages LIMIT 20"""


def _search(query: Query, asking: Asking) -> Flow[SourceEvidence]:
    if (yield from shared("dblp: does SPARQL answer?", lambda: _has_sparql(asking))):
        return (yield from _by_sparql(query, asking))
    words = " ".join(titles.folded(query.words).split())[:300]
    values = {"q": words, "format": "json", "h": "10"}

    def read(reply: Response) -> tuple[Record, ...]:
        return telling(_hits(reply), query.words)

    return (yield from ask(NAME, "", Request(f"https://{HOST}/search/publ/api?{urlencode(values)}"), asking, read))


def _has_sparql(asking: Asking) -> Flow[bool]:
    """Ask SPARQL whether it has titles at all: a service that changed its vocabulary would find nothing, and mean nothing by it."""

    def read(reply: Response) -> tuple[Record, ...]:
        if not needs(read_json(reply), "boolean", bool):
            raise NoAnswerError("no titles there")
        return ()

    url = f"https://{SPARQL}/sparql?{urlencode({'query': f'ASK {{ ?work <{_SCHEMA}title> ?title }}'})}"
    evidence = yield from ask(NAME, "", Request(url, headers=_ACCEPT), asking, read)
    return not evidence.trouble


def _by_sparql(query: Query, asking: Asking) -> Flow[SourceEvidence]:
    """Look for titles that begin like the cited one, as it is written, in title case, and as a sentence."""
    start = re.sub(r'["\\\s]+', " ", query.words).strip()[:60]
    forms = dict.fromkeys((start, start.title(), start.capitalize()))
    filters = " || ".join(f'(?title >= "{form}" && ?title < "{form}\\uFFFD")' for form in forms)
    url = f"https://{SPARQL}/sparql?{urlencode({'query': _QUERY.format(filters=filters)})}"

    def read(reply: Response) -> tuple[Record, ...]:
        if reply.status != 200:
            raise NoAnswerError("it refused the query")
        rows = needs(needs(read_json(reply), "results", dict), "bindings", list)
        return telling((_of_row({name: cell.get("value", "") for name, cell in row.items()}) for row in rows), query.words)

    return (yield from ask(NAME, "", Request(url, headers=_ACCEPT), asking, read))


def _of_row(row: Mapping[str, str]) -> Record:
    key = row["work"].removeprefix("https://dblp.org/rec/")
    info = {
        "title": row["title"],
        "year": row.get("year", ""),
        "venue": row.get("venue", ""),
        "doi": row.get("doi", ""),
        "pages": row.get("pages", ""),
        "key": key,
    }
    return record_of(info | {"authors": {"author": row.get("names", "").split(" ; ")}}, in_order=False)


def _hits(reply: Response) -> Iterator[Record]:
    if reply.status != 200:
        raise NoAnswerError("it refused the query")
    hits = needs(needs(read_json(reply), "result", dict), "hits", dict)
    for hit in hits.get("hit") or []:
        if (hit.get("info") or {}).get("title"):
            yield record_of(hit["info"])


def record_of(info: Mapping[str, Any], *, in_order: bool = True) -> Record:
    """Return the record of a work as DBLP gives it."""
    people = (info.get("authors") or {}).get("author") or []
    names = [plain(p.get("text", "") if isinstance(p, dict) else p) for p in (people if isinstance(people, list) else [people])]
    venues = info.get("venue")
    containers = [plain(v) for v in (venues if isinstance(venues, list) else [venues]) if v]
    doi, key = identifiers.normalise("doi", first(info.get("doi"))), needs(info, "key", str)
    informal = first(info.get("type")).startswith("Informal") or key.startswith("journals/corr/")
    return Record(
        source=NAME,
        id=key,
        url=f"https://dblp.org/rec/{key}",
        kind="preprint" if informal else "article" if key.startswith("journals/") else "book" if key.startswith("books/") else "paper",
        title=first(info.get("title")).rstrip("."),
        contributors=contributors.everyone(names if in_order else sorted(names)),
        issued=contributors.year(info.get("year")),
        container_title=containers[0] if containers else "",
        other_containers=(*containers[1:], *_series(key)),
        volume=first(info.get("volume")),
        number=first(info.get("number")),
        pages=first(info.get("pages")),
        identifiers=(("doi", doi),) if doi else (),
    )


def _series(key: str) -> tuple[str, ...]:
    """Return the acronym of the series that a key names: `conf/nips/VaswaniSPUJGKP17`."""
    parts = key.split("/")
    return (parts[1].upper(),) if len(parts) == 3 and parts[0] == "conf" else ()


SOURCE = Source(
    NAME,
    "DBLP",
    "the works of computer science",
    (SPARQL, HOST),
    could_know=lambda query: query.kind == "paper",
    search=_search,
    covers=True,
)

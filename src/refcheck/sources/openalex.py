"""OpenAlex: nearly every scholarly work; a key gives more than a handful of searches a day (since February 2026).

`GET https://api.openalex.org/works?filter=doi:a|b|c` gives several by DOI, `filter=title.search:…` searches. Its records are merged
by a program, and some mix two works: it verifies, but never contradicts alone. Source: OpenAlex's documentation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from refcheck.model.flow import Flow, Request, Response
from refcheck.model.record import Record, SourceEvidence, Update
from refcheck.sources import contributors
from refcheck.sources.source import Asking, NoAnswerError, Source, ask, first, needs, read_json, telling
from refcheck.text import identifiers, titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from refcheck.sources.query import Query

NAME, HOST = "openalex", "api.openalex.org"
_KINDS = {
    "article": "article", "review": "article", "book": "book", "book-chapter": "chapter", "preprint": "preprint", "dataset": "dataset",
    "report": "report", "standard": "standard",
}  # fmt: skip
_SELECT = "id,doi,title,publication_year,publication_date,type,ids,authorships,primary_location,locations,biblio,is_retracted"


def _identifiers(query: Query) -> Iterator[str]:
    if query.doi:
        yield f"doi:{query.doi}"


def _batch(asked: Sequence[str], asking: Asking) -> Flow[Mapping[str, SourceEvidence]]:
    dois = [item.partition(":")[2] for item in asked]
    values = {"filter": f"doi:{'|'.join(dois)}", "per-page": str(len(dois)), "select": _SELECT}
    evidence = yield from ask(NAME, "", Request(f"https://{HOST}/works?{urlencode(values, safe=':|/')}"), asking, _results)
    by_doi = {record.identifier("doi"): record for record in evidence.records}
    return {
        f"doi:{doi}": SourceEvidence(NAME, f"doi:{doi}", (by_doi[doi],) if doi in by_doi else (), evidence.trouble, at=evidence.at)
        for doi in dois
    }


def _by_doi(asked: str, asking: Asking) -> Flow[SourceEvidence]:
    found = yield from _batch([asked], asking)
    return found[asked]


def _search(query: Query, asking: Asking) -> Flow[SourceEvidence]:
    words = " ".join(titles.folded(query.words).split())[:300]
    values = {"filter": f"title.search:{words}", "per-page": "8", "select": _SELECT}

    def read(reply: Response) -> tuple[Record, ...]:
        return telling(_results(reply), query.words)

    return (yield from ask(NAME, "", Request(f"https://{HOST}/works?{urlencode(values, safe=':')}"), asking, read))


def _results(reply: Response) -> Iterator[Record]:
    if reply.status != 200:
        raise NoAnswerError("it refused the query")
    return (record_of(item) for item in needs(read_json(reply), "results", list) if item.get("title"))


def record_of(item: Mapping[str, Any]) -> Record:
    """Return the record of a work as OpenAlex gives it."""
    identity = needs(item, "id", str)
    doi = identifiers.normalise("doi", first(item.get("doi")))
    biblio, places = item.get("biblio") or {}, [place for place in (item.get("primary_location"), *(item.get("locations") or [])) if place]
    containers = [name for place in places if (name := first((place.get("source") or {}).get("display_name")))]
    people = [first(a.get("raw_author_name")) or first((a.get("author") or {}).get("display_name")) for a in item.get("authorships") or []]
    pages = "-".join(dict.fromkeys(filter(None, (first(biblio.get(name)) for name in ("first_page", "last_page")))))
    kind = _KINDS.get(first(item.get("type")), "")
    if kind == "article" and (doi.startswith("10.48550/") or re.search(r"\barxiv\b", containers[0] if containers else "", re.IGNORECASE)):
        kind = "preprint"
    return Record(
        source=NAME,
        id=identity.rpartition("/")[2],
        url=identity,
        kind=kind,
        title=first(item.get("title")),
        contributors=contributors.everyone(people),
        whole=len(people) < 100,  # lists end there
        issued=contributors.year(item.get("publication_year")),
        container_title=containers[0] if containers else "",
        other_containers=tuple(dict.fromkeys(containers[1:])),
        volume=first(biblio.get("volume")),
        number=first(biblio.get("issue")),
        pages=pages,
        identifiers=((("doi", doi),) if doi else ()) + _other_identifiers(item),
        updates=(Update("retraction"),) if item.get("is_retracted") is True else (),
    )


def _other_identifiers(item: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    pmid = re.search(r"\d+$", first((item.get("ids") or {}).get("pmid")))
    return (("pmid", pmid[0]),) if pmid else ()


SOURCE = Source(
    NAME,
    "OpenAlex",
    "nearly every scholarly work",
    (HOST,),
    identifiers=_identifiers,
    could_know=lambda query: query.kind in {"paper", "book", "other"},
    by_identifier=_by_doi,
    search=_search,
    batch=_batch,
    key="OPENALEX_API_KEY",
    covers=True,
)

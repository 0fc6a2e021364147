"""Crossref: articles, papers, chapters and books with a DOI, and what became of them (retractions, concerns).

`GET https://api.crossref.org/works/{doi}` gives one; an unknown one is 404 with the text `Resource not found.`; the filter `doi:`
takes several. `query.bibliographic` searches; its score is no confidence, and copies of famous papers may rank first.
Limits come with every answer (`x-rate-limit-*`). Source: Crossref's documentation of its REST API.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from refcheck.model.flow import Flow, Request, Response
from refcheck.model.record import Record, SourceEvidence, Update
from refcheck.sources import contributors
from refcheck.sources.source import Asking, NoAnswerError, Source, ask, first, needs, plain, read_json, telling
from refcheck.text import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from refcheck.sources.query import Query

NAME, HOST = "crossref", "api.crossref.org"
_KINDS = {
    "journal-article": "article", "proceedings-article": "paper", "book-chapter": "chapter", "book": "book", "monograph": "book",
    "edited-book": "book", "reference-book": "book", "book-section": "chapter", "reference-entry": "chapter", "posted-content": "preprint",
    "report": "report", "dataset": "dataset", "standard": "standard", "dissertation": "report", "proceedings": "book", "book-part": "chapter",
}  # fmt: skip
_SELECT = (
    "DOI,title,subtitle,original-title,short-container-title,container-title,author,editor,issued,published-print,published-online,"
    "type,publisher,volume,issue,page,ISBN,relation,update-to,updated-by"
)
ELSEWHERE = re.compile(r"10\.(?:48550|5281|6084|5061|17605|7910|5683|17632|13140|6073)/")  # prefixes of DataCite


def _identifiers(query: Query) -> Iterator[str]:
    if query.doi and not ELSEWHERE.match(query.doi):
        yield f"doi:{query.doi}"


def _by_doi(asked: str, asking: Asking) -> Flow[SourceEvidence]:
    doi = asked.partition(":")[2]

    def read(reply: Response) -> Iterator[Record]:
        if reply.status == 404:
            if b"not found" not in reply.body[:200].lower() or b"<" in reply.body[:200]:
                raise NoAnswerError("a 404 that is not Crossref's")
            return
        found = record_of(needs(read_json(reply), "message", dict))
        if found.identifier("doi") != doi:
            raise NoAnswerError("another work than the one asked for")
        yield found

    url = f"https://{HOST}/works/{quote(doi, safe='')}{_mail(asking)}"
    return (yield from ask(NAME, asked, Request(url), asking, read))


def _batch(asked: Sequence[str], asking: Asking) -> Flow[Mapping[str, SourceEvidence]]:
    dois = [item.partition(":")[2] for item in asked]
    values = {"filter": ",".join(f"doi:{doi}" for doi in dois), "rows": str(len(dois)), "select": _SELECT} | _polite(asking)
    evidence = yield from ask(NAME, "", Request(f"https://{HOST}/works?{urlencode(values)}"), asking, _items)
    by_doi = {record.identifier("doi"): record for record in evidence.records}
    return {f"doi:{doi}": SourceEvidence(NAME, f"doi:{doi}", (by_doi[doi],), at=evidence.at) for doi in dois if doi in by_doi}


def _search(query: Query, asking: Asking) -> Flow[SourceEvidence]:
    words = " ".join(filter(None, (query.words, *query.authors[:3], str(query.year or ""))))[:500]
    values = {"query.bibliographic": words, "rows": "8", "select": _SELECT} | _polite(asking)

    def read(reply: Response) -> tuple[Record, ...]:
        return telling(_items(reply), query.words)

    return (yield from ask(NAME, "", Request(f"https://{HOST}/works?{urlencode(values)}"), asking, read))


def _items(reply: Response) -> Iterator[Record]:
    if reply.status != 200:
        raise NoAnswerError("it refused the query")
    for item in needs(needs(read_json(reply), "message", dict), "items", list):
        if item.get("title") and item.get("DOI"):
            yield record_of(item)


def _polite(asking: Asking) -> dict[str, str]:
    return {"mailto": asking.mail} if asking.mail else {}


def _mail(asking: Asking) -> str:
    return f"?{urlencode(_polite(asking))}" if asking.mail else ""


def record_of(item: Mapping[str, Any]) -> Record:
    """Return the record of a work as Crossref gives it."""
    doi = identifiers.normalise("doi", needs(item, "DOI", str))
    main, under = first(item.get("title")), first(item.get("subtitle"))
    issued = [
        date for name in ("issued", "published-print", "published-online", "published") if (date := contributors.date(item.get(name)))
    ]
    isbns = [isbn for value in item.get("ISBN") or [] if (isbn := identifiers.normalise("isbn", str(value)))]
    whole = f"{main}: {under}" if under and under.casefold() not in main.casefold() else main
    return Record(
        source=NAME,
        id=doi,
        url=f"https://doi.org/{doi}",
        kind=_KINDS.get(first(item.get("type")), ""),
        title=whole,
        other_titles=tuple(t for t in (main, first(item.get("original-title")), first(item.get("short-title"))) if t and t != whole),
        contributors=contributors.in_parts(item.get("author")) + contributors.in_parts(item.get("editor"), "editor"),
        issued=issued[0] if issued else None,
        years=tuple(dict.fromkeys(date.year for date in issued[1:])),
        container_title=first(item.get("container-title")),
        other_containers=tuple(
            plain(n) for n in [*(item.get("container-title") or [])[1:], *(item.get("short-container-title") or [])] if isinstance(n, str)
        ),
        publisher=first(item.get("publisher")),
        volume=first(item.get("volume")),
        number=first(item.get("issue")),
        pages=first(item.get("page")) or first(item.get("article-number")),
        identifiers=(("doi", doi), *(("isbn", isbn) for isbn in isbns)),
        updates=tuple(_updates(item)),
        versions=tuple(_versions(item.get("relation"))),
    )


def _updates(item: Mapping[str, Any]) -> Iterator[Update]:
    """Yield what became of a work; what a notice does to other works is not said of itself."""
    if item.get("update-to"):
        return
    for update in item.get("updated-by") or []:
        yield Update(
            first(update.get("type")).replace("-", "_"),
            identifiers.normalise("doi", first(update.get("DOI"))),
            contributors.date(update.get("updated")),
        )
    if not item.get("updated-by") and re.match(r"\s*(?:RETRACTED|WITHDRAWN)\b", first(item.get("title"))):
        yield Update("retraction")


def _versions(relation: object) -> Iterator[tuple[str, str]]:
    for name, others in relation.items() if isinstance(relation, dict) else ():
        if name in {"is-preprint-of", "has-preprint", "is-version-of", "has-version"}:
            yield from ((name, doi) for other in others if (doi := identifiers.normalise("doi", first(other.get("id")))))


SOURCE = Source(
    NAME,
    "Crossref",
    "articles, papers, chapters and books with a DOI; retractions",
    (HOST,),
    identifiers=_identifiers,
    could_know=lambda query: query.kind in {"paper", "book", "other"},
    by_identifier=_by_doi,
    search=_search,
    batch=_batch,
    batch_size=20,
    decides=True,
    covers=True,
)

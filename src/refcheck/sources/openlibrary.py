"""Open Library: books and their editions.

`GET /search.json?title=…&author=…` gives works with the years of their editions; `?isbn=` those of one ISBN. People wrote it, so a record
may say little; titles and authors can be taken, publishers hardly. One request a second, three with an address to write to.
Source: Open Library's documentation of its APIs.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from refcheck.model.flow import Flow, Request, Response
from refcheck.model.record import Record, SourceEvidence
from refcheck.model.reference import PartialDate
from refcheck.sources import contributors
from refcheck.sources.source import Asking, NoAnswerError, Source, ask, first, needs, read_json, telling
from refcheck.text import identifiers, titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from refcheck.sources.query import Query

NAME, HOST = "openlibrary", "openlibrary.org"
_FIELDS = "key,title,subtitle,author_name,first_publish_year,publish_year,publisher,isbn"


def _identifiers(query: Query) -> Iterator[str]:
    if query.isbn:
        yield f"isbn:{query.isbn}"


def _by_isbn(asked: str, asking: Asking) -> Flow[SourceEvidence]:
    isbn = asked.partition(":")[2]

    def read(reply: Response) -> Iterator[Record]:
        for record in _docs(reply):
            if ("isbn", isbn) not in record.identifiers:
                raise NoAnswerError("another book than the one asked for")
            yield record

    values = {"isbn": isbn, "fields": _FIELDS, "limit": "3"}
    return (yield from ask(NAME, asked, Request(f"https://{HOST}/search.json?{urlencode(values)}"), asking, read))


def _search(query: Query, asking: Asking) -> Flow[SourceEvidence]:
    """Search by the main title and the first author: subtitles are often missing there, or elsewhere written.

    Where the cited year is before all editions, the author's other books are looked through for an original in another language.
    """
    main = re.split(r":\s|\s[-–—]\s", query.words)[0]
    values = {"title": main[:200]} | ({"author": query.authors[0]} if query.authors else {})
    found = yield from _ask(values, query, asking)
    if not found.records or not query.authors or not query.year or any(query.year >= year - 1 for r in found.records for year in r.years):
        return found
    more = yield from _ask({"author": query.authors[0]}, query, asking, originals=True)
    return replace(found, records=(*found.records, *(r for r in more.records if r not in found.records)))


def _ask(values: dict[str, str], query: Query, asking: Asking, *, originals: bool = False) -> Flow[SourceEvidence]:
    def read(reply: Response) -> tuple[Record, ...]:
        if originals:
            return tuple(record for record in _docs(reply) if query.year in record.years)[:3]
        return telling(_docs(reply), query.words)

    url = f"https://{HOST}/search.json?{urlencode(values | {'fields': _FIELDS, 'limit': '50' if originals else '10'})}"
    return (yield from ask(NAME, "", Request(url), asking, read))


def _docs(reply: Response) -> Iterator[Record]:
    if reply.status != 200:
        raise NoAnswerError("it refused the query")
    return (record_of(item) for item in needs(read_json(reply), "docs", list) if item.get("title"))


def record_of(item: Mapping[str, Any]) -> Record:
    """Return the record of a book as Open Library gives it."""
    key = needs(item, "key", str)
    main, under = first(item.get("title")), first(item.get("subtitle"))
    whole = f"{main}: {under}" if under and titles.folded(under) not in titles.folded(main) else main
    years = sorted({year for year in item.get("publish_year") or [] if isinstance(year, int)})
    earliest = item.get("first_publish_year")
    start = earliest if isinstance(earliest, int) else years[0] if years else None
    isbns = dict.fromkeys(isbn for value in item.get("isbn") or [] if (isbn := identifiers.normalise("isbn", str(value))))
    return Record(
        source=NAME,
        id=key.rpartition("/")[2],
        url=f"https://{HOST}{key}",
        kind="book",
        title=whole,
        other_titles=(main,) if main != whole else (),
        contributors=contributors.everyone(item.get("author_name") or []),
        whole=False,
        issued=PartialDate(start) if start else None,
        years=tuple(years),
        publisher=first(item.get("publisher")),
        identifiers=tuple(("isbn", isbn) for isbn in isbns),
    )


SOURCE = Source(
    NAME,
    "Open Library",
    "books and their editions",
    (HOST,),
    identifiers=_identifiers,
    could_know=lambda query: query.kind in {"book", "other"},
    by_identifier=_by_isbn,
    search=_search,
    covers=True,
)
